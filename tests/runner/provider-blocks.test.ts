import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PersonId } from "#deployments/ids.ts";
import { readModule } from "#runner/module.ts";
import { marksOf } from "#runner/provider-blocks.ts";
import { rootModule, tfvars } from "#runner/root-module.ts";

const Root = z.object({
  terraform: z.object({ required_providers: z.json().optional() }),
  provider: z.record(z.string(), z.json()).optional(),
  variable: z.record(z.string(), z.json()),
  module: z.object({ this: z.record(z.string(), z.json()) }),
});

async function moduleNamed(name: string) {
  return (await readModule(resolve("terraform/modules", name))).module;
}

async function rootOf(name: string, awsEndpoint = false) {
  const module = await moduleNamed(name);
  return Root.parse(JSON.parse(rootModule({ module, imports: [], providers: { awsEndpoint } })));
}

const DEPLOYMENT = { name: "shop-net", requester: PersonId.parse("mina.kim") };

describe("the provider of an AWS module", () => {
  test("has the module's own range, region and marks by variables, and no value in it", async () => {
    const root = await rootOf("aws_vpc");

    expect(root.terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 6.0.0, < 7.0.0" },
    });
    expect(root.provider).toEqual({
      aws: { region: "${var.region}", default_tags: [{ tags: "${var.mcp_marks}" }] },
    });
    expect(root.variable).toMatchObject({
      region: { type: "string", default: "ap-northeast-2" },
      mcp_marks: { type: "map(string)" },
    });
    expect(Object.keys(root.module.this)).not.toContain("region");
  });

  test("skips what an emulator does not know where there is an endpoint of its own", async () => {
    const { provider } = await rootOf("aws_vpc", true);

    expect(provider?.["aws"]).toMatchObject({
      s3_use_path_style: true,
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
    });
  });
});

describe("the provider of a Google module", () => {
  test("has region, project and marks by variables", async () => {
    const { provider, module } = await rootOf("gcp_storage_bucket");

    expect(provider).toEqual({
      google: {
        region: "${var.location}",
        project: "${var.project_id}",
        default_labels: "${var.mcp_marks}",
      },
    });
    expect(module.this).toMatchObject({ location: "${var.location}" });
  });
});

test("a local module has no provider and no marks", async () => {
  const root = await rootOf("local_app_env");

  expect(root.provider).toBeUndefined();
  expect(root.terraform.required_providers).toBeUndefined();
  expect(Object.keys(root.variable)).not.toContain("mcp_marks");
});

test("the marks name the deployment and who asked, in letters that the cloud takes", () => {
  const marks = (["aws", "gcp", "local"] as const).map((cloud) =>
    marksOf({ ...DEPLOYMENT, cloud }),
  );

  expect(marks).toEqual([
    { "mcp:deployment": "shop-net", "mcp:owner": "mina.kim" },
    { "mcp-deployment": "shop-net", "mcp-owner": "mina-kim" },
    {},
  ]);
});

test("region and marks go with the values, as text that nothing evaluates", async () => {
  const module = await moduleNamed("aws_vpc");

  const text = tfvars({ name: "shop", region: "${file(1)}", stranger: 1 }, module, { by: "a" });

  expect(JSON.parse(text)).toEqual({
    name: "shop",
    region: "${file(1)}",
    mcp_marks: { by: "a" },
  });
});
