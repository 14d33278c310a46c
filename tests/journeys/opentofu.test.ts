import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { found } from "#tests/support/found.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

const Seen = z.object({
  status: z.string(),
  standing: z.string(),
  plan: z.object({ digest: z.string(), terraformVersion: z.string() }).nullable(),
  outputs: z.array(z.object({ name: z.string(), value: z.unknown() })),
});

async function seen(product: Product) {
  return Seen.parse((await product.get("dev", "/deployments/by-tofu")).body);
}

/** Puts the plan that was made to the vote, votes, and waits until it stands like that. */
async function approved(product: Product, status: string) {
  await until(
    () => seen(product),
    (now) => now.status === "planned",
  );
  await product.post("dev", "/deployments/by-tofu/approve");
  const { plan } = await seen(product);
  for (const voter of ["lead", "ops"]) {
    const vote = { decision: "approve", digest: plan?.digest, confirmName: "by-tofu" };
    await product.post(voter, "/deployments/by-tofu/vote", vote);
  }
  const end = await until(
    () => seen(product),
    (now) => now.status === status,
  );
  return { ...end, plannedBy: plan?.terraformVersion };
}

test.skipIf(found.tofu === null || !found.bubblewrap)(
  "the program plans, applies and destroys with OpenTofu, shut in and without a network",
  async () => {
    await using product = await openProduct({
      TERRAFORM_BIN: found.tofu ?? "",
      MODULES_SOURCE: join(import.meta.dirname, "../fixtures/tofu"),
      // Refuses the start where runs cannot be shut in so.
      RUN_NETWORK: "none",
    });
    const wish = { name: "by-tofu", module: "local_where", vars: {} };
    await product.post("dev", "/deployments?plan=true", wish);

    const applied = await approved(product, "applied");
    await product.post("dev", "/deployments/by-tofu/destroy");
    const gone = await approved(product, "destroyed");

    expect([applied.standing, gone.standing]).toEqual(["live", "destroyed"]);
    expect([applied.plannedBy, gone.plannedBy]).toEqual(["1.6.2", "1.6.2"]);
    expect(applied.outputs).toMatchObject([{ name: "folder", value: "/work-tree" }]);
  },
);
