import { join } from "node:path";
import { z } from "zod";
import { follow, type Follower } from "./follow.ts";
import { openProduct, type Product } from "#tests/support/product.ts";

/** Modules of the benchmarks: `local_many` has as many resources as asked for. */
export const MODULES = join(import.meta.dirname, "modules");

// Where a status has no card of its own.
const LOOK_MS = 100;

/** The product, and what it shows to who approves. */
export type House = AsyncDisposable & { readonly product: Product; readonly shown: Follower };

/** The product on the benchmarks' modules. */
export function openHouse(more: Readonly<Record<string, string>> = {}): Promise<House> {
  return houseOf({ MODULES_SOURCE: MODULES, ...more });
}

/** The product with these variables. */
export async function houseOf(env: Readonly<Record<string, string>>): Promise<House> {
  await using opening = new AsyncDisposableStack();
  const product = opening.use(await openProduct(env));
  const shown = opening.use(await follow(product.url(), "lead"));
  const opened = opening.move();
  return { product, shown, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

const Made = z.object({ id: z.string() });
const Shown = z.object({
  status: z.string(),
  plan: z.object({ digest: z.string() }).nullable(),
  lastChange: z.object({ reason: z.string().nullable() }).nullable(),
  runs: z.array(z.object({ id: z.string(), kind: z.string() })),
});
export type Shown = z.infer<typeof Shown>;

/** Asks for `amount` resources; answers the id. */
export async function make(house: House, name: string, amount: number): Promise<string> {
  const body = { name, module: "local_many", cloud: "local", vars: { amount } };
  const { body: made } = await house.product.post("dev", "/deployments", body);
  return Made.parse(made).id;
}

/** Plans and asks for approval; settles when people can vote. */
export async function untilVote(house: House, id: string): Promise<Shown> {
  await house.product.post("dev", `/deployments/${id}/plan`);
  await untilStatus(house, id, "planned");
  await house.product.post("dev", `/deployments/${id}/approve`);
  return untilStatus(house, id, "awaiting_approval");
}

export async function approve(house: House, id: string, { plan }: Shown): Promise<void> {
  const body = { decision: "approve", digest: plan?.digest };
  const { status } = await house.product.post("lead", `/deployments/${id}/vote`, body);
  if (status !== 200) {
    throw new Error(`The vote on ${id} was answered ${status}.`);
  }
}

/** Looks until the deployment stands so; throws when it has failed. */
export async function untilStatus(house: House, id: string, wanted: string): Promise<Shown> {
  for (;;) {
    const now = Shown.parse((await house.product.get("dev", `/deployments/${id}`)).body);
    if (now.status === wanted) {
      return now;
    }
    if (now.status === "failed" || now.status === "interrupted") {
      throw new Error(`${id} is ${now.status}: ${now.lastChange?.reason ?? ""}`);
    }
    await house.shown.news(id, LOOK_MS);
  }
}
