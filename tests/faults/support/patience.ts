import { setTimeout as sleep } from "node:timers/promises";
import { openCloud } from "#simulator/cloud.ts";
import { join } from "node:path";
import { uncovered } from "#tests/faults/invariants.ts";
import { factsOf } from "./facts.ts";
import * as person from "./person.ts";
import { NotThere, Refused, UNDER_WAY, type Seen, type Wish } from "./person.ts";
import type { Stage } from "./stage.ts";

export type Goal = "applied" | "destroyed";

const PATIENCE_MS = 240_000;
const LOOK_MS = 250;

/**
 * What patient people do until the deployment is where they want it: ask, plan, vote, wait, plan the
 * recovery, and start the product again whenever it has died. Answers how it stands at the end.
 */
export async function bring(stage: Stage, wish: Wish, goal: Goal): Promise<Seen> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    if (!stage.isUp()) {
      await stage.start();
    }
    const now = await attempt(stage, () => step(stage, wish, goal));
    if (now !== null && now.status === goal) {
      return now;
    }
    if (performance.now() > end) {
      throw new Error(`It did not become ${goal}: ${JSON.stringify(now)}`);
    }
    await sleep(LOOK_MS);
  }
}

/** Null when the product died meanwhile, or has turned down what was overtaken by events. */
async function attempt(stage: Stage, work: () => Promise<Seen | null>): Promise<Seen | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) {
      return null;
    }
    // The answer may be cut off before we see that the process is gone.
    await sleep(LOOK_MS);
    if (stage.isUp()) {
      throw error;
    }
    return null;
  }
}

async function step(stage: Stage, wish: Wish, goal: Goal): Promise<Seen | null> {
  const now = await person.seen(stage, wish.name).catch(async (error: unknown) => {
    if (error instanceof NotThere) {
      await person.request(stage, wish);
      return null;
    }
    throw error;
  });
  if (now === null || now.status === goal || UNDER_WAY.includes(now.status)) {
    return now;
  }
  await act(stage, now, { name: wish.name, goal });
  return now;
}

async function act(
  stage: Stage,
  { status, standing }: Seen,
  { name, goal }: { readonly name: string; readonly goal: Goal },
): Promise<void> {
  switch (status) {
    case "planned":
      await person.ask(stage, name);
      return;
    case "awaiting_approval":
      await person.approve(stage, name);
      return;
    case "interrupted":
      await lookIntoTheCloud(stage);
      await person.plan(stage, name);
      return;
    default:
      await (goal === "destroyed" && standing !== "uncertain"
        ? person.destroy(stage, name)
        : person.plan(stage, name));
  }
}

/**
 * What the card asks of people about addresses that started and did not end: they look, and remove
 * what stands there and nobody can name. What was made for certain is left to the recovery.
 */
export async function lookIntoTheCloud(stage: Stage): Promise<void> {
  if (stage.database.url === null) {
    // Reading would need a stop; without objects in a cloud there is nothing to look at.
    return;
  }
  const facts = await factsOf(stage);
  const forgotten = { ...facts, deployments: facts.deployments.map(withoutStarted) };
  for (const { type, id } of uncovered(forgotten)) {
    await openCloud(join(stage.dataDir, "cloud/aws")).remove(type, id);
  }
}

function withoutStarted<T extends { standing: { addresses: readonly { found: string }[] } }>(
  deployment: T,
): T {
  const { standing } = deployment;
  const addresses = standing.addresses.filter(({ found }) => found === "created");
  return { ...deployment, standing: { ...standing, addresses } };
}
