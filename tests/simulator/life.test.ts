import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { textOf, type ValueMap } from "#simulator/values.ts";
import { found } from "#tests/support/found.ts";
import { openStage, type Stage } from "./stage.ts";

const Line = z.object({
  type: z.string(),
  change: z
    .object({
      resource: z.object({ addr: z.string() }),
      action: z.string(),
      reason: z.string().optional(),
    })
    .optional(),
});

/** What a plan says of each resource: `update aws_vpc.this`, with the reason where there is one. */
async function changes(stage: Stage, type: string, ...args: readonly string[]): Promise<string[]> {
  const { code, text } = await stage.terraform("plan", "-json", ...args);
  expect(code, text).toBe(0);
  const lines = text
    .trim()
    .split("\n")
    .map((line) => Line.parse(JSON.parse(line)));
  return lines.flatMap(({ type: said, change }) =>
    said === type && change !== undefined
      ? [[change.action, change.resource.addr, change.reason].join(" ").trim()]
      : [],
  );
}

/** Old providers fill in defaults, leave whole blocks open and keep them; nothing else may pass. */
const KNOWN =
  /planned value .* for a non-computed attribute|must not be unknown itself|block count in plan \(1\)/;

describe.skipIf(found.terraform === null)("a VPC in the simulated AWS", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage("vpc");
    await stage.terraform("init");
  });
  afterAll(() => stage.dispose());

  test("is applied from its saved plan with ids and ARNs that say sim", async () => {
    await stage.terraform("plan", "-out=plan.bin");

    const applied = await stage.terraform("apply", "plan.bin");

    expect(applied.text).toContain("11 added, 0 changed, 0 destroyed");
    const [vpc] = await stage.aws.list("aws_vpc");
    expect(vpc).toMatchObject({
      id: expect.stringMatching(/^vpc-0sim[0-9a-f]{13}$/),
      arn: expect.stringMatching(/^arn:aws:sim:ap-northeast-2:000000000000:vpc\/vpc-0sim/),
      region: "ap-northeast-2",
      tags_all: { Name: "dev-vpc", "mcp:deployment": "dev-vpc" },
    });
  });

  test("a second plan is clean, and Terraform tolerates nothing but what old providers do", async () => {
    const again = await stage.terraform("plan", "-detailed-exitcode");

    expect(again.code, again.text).toBe(0);
    expect(stage.tolerated().filter((line) => !KNOWN.test(line))).toEqual([]);
  });

  test("a tag changed in its file is drift of that object", async () => {
    const id = firstId(await stage.aws.list("aws_vpc"));
    await stage.aws.edit("aws_vpc", id, { tags: { Name: "dev-vpc", Owner: "someone" } });

    const drift = await changes(stage, "resource_drift", "-refresh-only");

    expect(drift).toEqual(["update aws_vpc.this"]);
  });

  test("a file deleted is drift, and the next apply makes the object again", async () => {
    await stage.aws.remove("aws_nat_gateway", firstId(await stage.aws.list("aws_nat_gateway")));

    const drift = await changes(stage, "resource_drift", "-refresh-only");
    const repaired = await stage.terraform("apply", "-auto-approve");

    expect(drift).toContain("delete aws_nat_gateway.this");
    expect(repaired.text).toContain("1 added, 1 changed, 0 destroyed");
  });

  test("another address range replaces the VPC and says why", async () => {
    const planned = await changes(stage, "planned_change", "-var=cidr=10.9.0.0/16");

    expect(planned).toContain("replace aws_vpc.this cannot_update");
  });

  test("an object file with a value of another type gives a sentence that names it", async () => {
    const id = firstId(await stage.aws.list("aws_vpc"));
    const vpc = await stage.aws.read("aws_vpc", id);
    await stage.aws.write("aws_vpc", id, { ...vpc, tags: "none" });

    const plan = await stage.terraform("plan");
    await stage.aws.write("aws_vpc", id, vpc ?? {});

    expect(plan.code).toBe(1);
    expect(plan.prose).toContain(
      `The file aws/aws_vpc/${id}.json does not fit aws_vpc: tags must be a map. Mend it, or delete it to remove the object.`,
    );
  });

  test("an object that exists is imported by its id", async () => {
    const id = firstId(await stage.aws.list("aws_vpc"));
    await stage.terraform("state", "rm", "aws_vpc.this");

    const imported = await stage.terraform("import", "aws_vpc.this", id);
    const missing = await stage.terraform("import", "aws_internet_gateway.other", "igw-nothing");
    const after = await stage.terraform("plan", "-detailed-exitcode");

    expect(imported.text).toContain("Import successful");
    expect(missing.code).toBe(1);
    expect(after.code, after.text).toBe(0);
  });

  test("destroy leaves nothing in the cloud", async () => {
    const destroyed = await stage.terraform("destroy", "-auto-approve");

    expect(destroyed.text).toContain("11 destroyed");
    expect(stage.objects()).toEqual([]);
  });
});

function firstId(objects: readonly ValueMap[]): string {
  return textOf(objects[0]?.["id"]);
}

describe.skipIf(found.terraform === null)(
  "network, bucket and service in the simulated Google",
  () => {
    test("are applied, planned again without a change, and destroyed to the last object", async () => {
      const stage = await openStage("gcp");
      await stage.terraform("init");

      const applied = await stage.terraform("apply", "-auto-approve");
      const bucket = JSON.parse(
        readFileSync(
          join(stage.cloudDir, "google/google_storage_bucket/acme-dev-bucket.json"),
          "utf8",
        ),
      );
      const again = await stage.terraform("plan", "-detailed-exitcode");
      const destroyed = await stage.terraform("destroy", "-auto-approve");

      expect(applied.text).toContain("6 added");
      expect(bucket).toMatchObject({
        url: "gs://acme-dev-bucket",
        project: "acme-dev",
        effective_labels: {
          team: "a",
          "mcp-deployment": "dev-net",
          "goog-terraform-provisioned": "true",
        },
      });
      expect(again.code, again.text).toBe(0);
      expect(destroyed.code, destroyed.text).toBe(0);
      expect(stage.objects()).toEqual([]);
      stage.dispose();
    });
  },
);

test.skipIf(found.terraform === null)(
  "machine, bucket, database and cluster in the simulated AWS live and go again",
  async () => {
    const stage = await openStage("neighbours");
    await stage.terraform("init");

    const applied = await stage.terraform("apply", "-auto-approve");
    const again = await stage.terraform("plan", "-detailed-exitcode");
    const destroyed = await stage.terraform("destroy", "-auto-approve");

    expect(applied.text).toContain("30 added");
    expect(again.code, again.text).toBe(0);
    expect(stage.tolerated().filter((line) => !KNOWN.test(line))).toEqual([]);
    expect(destroyed.code, destroyed.text).toBe(0);
    expect(stage.objects()).toEqual([]);
    stage.dispose();
  },
);

test.skipIf(found.terraform === null)("terraform test runs with a mocked provider", async () => {
  const stage = await openStage("mocked");
  await stage.terraform("init");

  const tested = await stage.terraform("test");

  expect(tested.text).toContain("1 passed, 0 failed");
  expect(stage.objects()).toEqual([]);
  stage.dispose();
});
