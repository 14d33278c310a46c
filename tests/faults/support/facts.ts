import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { DeploymentId } from "#deployments/ids.ts";
import { verifyAudit, type Verified } from "#persistence/audit-chain.ts";
import type { Database } from "#persistence/database.ts";
import { openKeys } from "#persistence/keys.ts";
import { createStateStore } from "#persistence/state.ts";
import type { Transaction } from "#persistence/transaction.ts";
import { Secret } from "#telemetry/secret.ts";
import { eventually } from "./eventually.ts";
import { filesBelow } from "./files.ts";
import { leaksOf } from "./leaks.ts";
import { STAGE_KEY, type Stage } from "./stage.ts";

const Text = z.string();
const Standing = z.object({
  is: Text,
  addresses: z.array(z.object({ address: Text, found: Text, id: Text.nullable() })).default([]),
});
const Place = z.looseObject({ thread: Text });
const DeploymentRow = z.object({
  id: Text,
  name: Text,
  standing: Standing,
  places: z.array(Place),
});
const ChangeRow = z.object({
  id: Text,
  deployment_id: Text,
  state: Text,
  body: z.looseObject({
    outcome: Text.optional(),
    requester: Text,
    asking: z.object({ demand: z.looseObject({ votes: z.number() }) }).nullish(),
  }),
});
const PlanRow = z.object({ change_id: Text, digest: Text, consumed_by: Text.nullable() });
const VoteRow = z.object({ change_id: Text, voter: Text, decision: Text, digest: Text });
const RunRow = z.object({
  id: Text,
  kind: Text,
  status: Text,
  fence: z.number(),
  attempts: z.number(),
  deployment_id: Text,
  change_id: Text.nullable(),
});
const LockRow = z.object({ deployment: Text, run: Text });
const GrantRow = z.object({ run: Text, ended_at: z.date().nullable() });
const CardRow = z.object({
  card: Text,
  place: Place,
  place_key: Text,
  only_for: Text,
  revision: z.number(),
  status: Text,
  posted_as: Text.nullable(),
});
const HistoryRow = z.object({
  seq: z.number(),
  run: Text,
  deployment: Text,
  status: Text,
  fence: z.number(),
  worker: Text.nullable(),
});

const KEYS = openKeys({ secret: new Secret(STAGE_KEY), previous: null });

export type CloudObject = { readonly type: string; readonly id: string };
export type StateObject = CloudObject & { readonly address: string };

/** Everything the invariants look at, read from the database, the files and the simulated cloud. */
export type Facts = {
  readonly deployments: readonly z.infer<typeof DeploymentRow>[];
  readonly changes: readonly z.infer<typeof ChangeRow>[];
  readonly plans: readonly z.infer<typeof PlanRow>[];
  readonly votes: readonly z.infer<typeof VoteRow>[];
  readonly runs: readonly z.infer<typeof RunRow>[];
  readonly locks: readonly z.infer<typeof LockRow>[];
  readonly grants: readonly z.infer<typeof GrantRow>[];
  readonly cards: readonly z.infer<typeof CardRow>[];
  readonly history: readonly z.infer<typeof HistoryRow>[];
  readonly state: readonly StateObject[];
  readonly cloud: readonly CloudObject[];
  /** Words to people that are still on their way. */
  readonly unsent: number;
  /** How often Terraform began to apply, by run. */
  readonly applyStarts: ReadonlyMap<string, number>;
  /** Secrets that stand somewhere in clear or in an encoding, as sentences. */
  readonly leaks: readonly string[];
  readonly audit: Verified;
};

/**
 * The facts once nothing is under way any more; throws with what still is after two minutes. A server
 * that dies at its last words, behind what its test has waited for, is started again.
 */
export async function quietFacts(stage: Stage, beside: readonly Stage[] = []): Promise<Facts> {
  const isQuiet = ({ runs, unsent }: Facts): boolean =>
    unsent === 0 && runs.every(({ status }) => FINAL.includes(status));
  return eventually(async () => {
    if (stage.database.url !== null) {
      await stage.database.read((db) => untilQuiet(db, stage));
    }
    return factsNow(stage, beside);
  }, isQuiet);
}

const FINAL = ["done", "failed", "lost"];

/** Reading all facts each time would cost more than what they tell of. */
async function untilQuiet(db: Database, stage: Stage): Promise<void> {
  let looks = 0;
  await eventually(
    async () => {
      if (!stage.isUp()) {
        await stage.start();
        looks = 0;
      }
      await endLeases(db);
      const busy = await underWay(db);
      looks = busy.length === 0 ? looks + 1 : 0;
      return busy;
    },
    // Twice: whoever dies behind the very last commit is not seen to be dead at once.
    () => looks > 1,
  );
}

async function underWay(db: Database): Promise<string[]> {
  const runs = await db("runs").whereNotIn("status", FINAL).select("id", "kind", "status");
  const open = await db("announcements").whereNull("done_at").select("card");
  const waiting = await db("messages").where({ status: "waiting" }).select("card", "attempts");
  const unhandled = await db("inbox").whereNull("done_at").select("key", "attempts");
  return [...runs, ...open, ...waiting, ...unhandled].map((row) => JSON.stringify(row));
}

/** A message that was on its way when its sender died waits a minute; the test does not. */
export async function endLeases(db: Database): Promise<void> {
  await db("messages")
    .where({ status: "waiting" })
    .whereRaw("next_at > now() + interval '5 seconds'")
    .update({ next_at: db.fn.now() });
}

/** The embedded database is read while the product is down. */
async function factsNow(stage: Stage, beside: readonly Stage[]): Promise<Facts> {
  if (stage.database.url !== null) {
    return factsOf(stage, beside);
  }
  await stage.stop();
  const facts = await factsOf(stage);
  await stage.start();
  return facts;
}

/** Reads the facts; on the embedded database the product must be stopped. */
export async function factsOf(stage: Stage, beside: readonly Stage[] = []): Promise<Facts> {
  return stage.database.read(async (db) => {
    // One moment for all tables: a card must not be read before its sending and the rest after it.
    const records = await db.transaction((tx) => recordsOf(tx), {
      isolationLevel: "repeatable read",
    });
    const stages = [stage, ...beside];
    return {
      ...records,
      state: await stateOf(db, records.deployments),
      cloud: cloudOf(stage.dataDir),
      applyStarts: applyStartsOf(stages),
      leaks: await leaksOf(db, stages),
      audit: await verifyAudit(db, KEYS, null),
    };
  });
}

async function recordsOf(tx: Transaction) {
  const open = await tx("announcements").whereNull("done_at");
  const waiting = await tx("messages").where({ status: "waiting" });
  return {
    deployments: z.array(DeploymentRow).parse(await tx("deployments")),
    changes: z.array(ChangeRow).parse(await tx("changes")),
    plans: z.array(PlanRow).parse(await tx("plans")),
    votes: z.array(VoteRow).parse(await tx("votes")),
    runs: z.array(RunRow).parse(await tx("runs").orderBy("queued_at")),
    locks: z.array(LockRow).parse(await tx("state_locks")),
    grants: z.array(GrantRow).parse(await tx("state_grants")),
    cards: z.array(CardRow).parse(await tx("messages").orderBy("id")),
    history: await historyOf(tx),
    unsent: open.length + waiting.length,
  };
}

const State = z.object({
  resources: z.array(
    z.object({
      mode: Text,
      module: Text.optional(),
      type: Text,
      name: Text,
      instances: z.array(
        z.object({
          index_key: z.union([Text, z.number()]).optional(),
          attributes: z.looseObject({ id: Text }),
        }),
      ),
    }),
  ),
});

/** None where the database was empty at the first start. */
async function historyOf(tx: Transaction): Promise<Facts["history"]> {
  return (await tx.schema.hasTable("fault_history"))
    ? z.array(HistoryRow).parse(await tx("fault_history").orderBy("seq"))
    : [];
}

async function stateOf(db: Database, deployments: Facts["deployments"]): Promise<StateObject[]> {
  const store = createStateStore(db, KEYS);
  const objects: StateObject[] = [];
  for (const { id } of deployments) {
    const newest = await store.newest(DeploymentId.parse(id));
    objects.push(...objectsIn(newest?.body ?? '{"resources":[]}'));
  }
  return objects;
}

function objectsIn(body: string): StateObject[] {
  const { resources } = State.parse(JSON.parse(body));
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      instances.map(({ index_key: index, attributes }) => ({
        type,
        id: attributes.id,
        address: `${module === undefined ? "" : `${module}.`}${type}.${name}${indexOf(index)}`,
      })),
    );
}

function indexOf(index: string | number | undefined): string {
  return index === undefined ? "" : `[${JSON.stringify(index)}]`;
}

function cloudOf(dataDir: string): CloudObject[] {
  const clouds = join(dataDir, "cloud");
  return filesBelow(clouds)
    .filter((file) => /^(?:aws|google)\/[^/]+\/[^/.][^/]*\.json$/.test(file))
    .map((file) => {
      const { id } = z
        .looseObject({ id: Text })
        .parse(JSON.parse(readFileSync(join(clouds, file), "utf8")));
      return { type: file.split("/")[1] ?? "", id };
    });
}

/** Terraform tells its version once, first thing, on each stream it writes. */
function applyStartsOf(stages: readonly Stage[]): Map<string, number> {
  const starts = new Map<string, number>();
  for (const runs of stages.map(({ dataDir }) => join(dataDir, "runs"))) {
    for (const file of filesBelow(runs).filter((name) => name.endsWith("/out.jsonl"))) {
      const run = file.replace(/-\d+\/out\.jsonl$/, "");
      const lines = readFileSync(join(runs, file), "utf8").split("\n");
      const began = lines.filter((line) => line.includes('"type":"version"')).length;
      starts.set(run, (starts.get(run) ?? 0) + began);
    }
  }
  return starts;
}
