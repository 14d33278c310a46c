import { z } from "zod";
import type { OutputRead, Runs } from "#deployments/ports.ts";
import { ChangeId, DeploymentId, PersonId, RunId } from "#deployments/ids.ts";
import {
  ProcessIdentity,
  Progress,
  RunEvent,
  RunKind,
  RunStatus,
  type Claim,
  type NewRun,
  type Run,
} from "#deployments/run.ts";
import { announceRows } from "./announcements.ts";
import type { Database } from "./database.ts";
import { CLAIM, LEASE, tellLine } from "./run-line.ts";
import { isTaken, json, storable, type Transaction } from "./transaction.ts";

const MOST_ATTEMPTS = 3;
const LOOKS = 3;
const ACTIVE = ["claimed", "running"];

/** The record of runs. Every write of a worker carries the fence of its claim. */
export function createRuns(db: Database): Runs {
  return {
    load: async (id) => readRun(await db("runs").where({ id }).first()),
    ofDeployment: async (id) =>
      readRuns(
        await db("runs").where({ deployment_id: id }).orderBy("queued_at", "desc").limit(50),
      ),
    claimNext: (worker, maker) => claimNext(db, { worker, ...(maker ?? ANY_MAKER) }),
    heartbeat: (claim) => write(db, claim, { lease_until: leaseEnd(db) }),
    running: (claim, process) =>
      write(db, claim, { status: "running", process: json(process), lease_until: leaseEnd(db) }),
    record: (claim, read) => record(db, claim, read),
    end: (claim, status) =>
      write(db, claim, { status, ended_at: db.fn.now(), lease_until: null, worker: null }),
    requeue: (claim) => requeue(db, claim),
    events: (id, afterSeq, limit) => events(db, { id, afterSeq, limit }),
    heldBy: async (worker) =>
      readRuns(await db("runs").where({ worker }).whereIn("status", ACTIVE)),
    secondsTaken: (id) => secondsTaken(db, id),
    cancelRequested: async (id) =>
      (await db("runs").where({ id }).first("cancel_requested"))?.cancel_requested === true,
    tellLine: () => tellLine(db),
    asked: async (id) =>
      askedOf(
        await db("runs")
          .where({ id })
          .first(...WISHES),
      ),
    abandoned: (worker) => abandoned(db, worker),
    adopt: (run, worker) => adopt(db, run, worker),
    announce: (announcement) => announceRows(db, [announcement]),
  };
}

/** Queues the runs of a step, in the step's transaction. */
export async function writeRuns(tx: Transaction, runs: readonly NewRun[]): Promise<void> {
  for (const run of runs) {
    await tx("runs").insert({
      id: run.id,
      kind: run.kind,
      deployment_id: run.deployment,
      change_id: run.change,
      requester: run.requester,
    });
  }
}

/** A queued run of an ended change never starts; one under way is asked to stop. */
export async function withdrawRuns(tx: Transaction, runs: readonly RunId[]): Promise<void> {
  if (runs.length === 0) {
    return;
  }
  await tx("runs")
    .whereIn("id", [...runs])
    .where({ status: "queued" })
    .update({ status: "failed", ended_at: tx.fn.now() });
  await tx("runs")
    .whereIn("id", [...runs])
    .whereIn("status", ACTIVE)
    .update({ cancel_requested: true });
}

/** A run that was refused its start is over before its worker says so; the next one may be queued. */
export async function dropRun(tx: Transaction, run: RunId | null): Promise<void> {
  if (run !== null) {
    const over = { status: "failed", ended_at: tx.fn.now(), lease_until: null, worker: null };
    await tx("runs").where({ id: run }).whereIn("status", ACTIVE).update(over);
  }
}

const ANY_MAKER = { product: null, version: null, isolation: null };

async function claimNext(
  db: Database,
  by: { readonly [name in "worker" | "product" | "version" | "isolation"]: string | null },
): Promise<Run | null> {
  for (let look = 1; look <= LOOKS; look += 1) {
    try {
      const { rows } = await db.raw(CLAIM, by);
      return readRun(rows[0]);
    } catch (error) {
      // Two workers reached for two runs of one deployment in the same moment: this one looks again.
      if (!isTaken(error, "runs_one_active")) {
        throw error;
      }
    }
  }
  return null;
}

async function write(db: Database, claim: Claim, values: object): Promise<boolean> {
  return (await held(db, claim).update(values)) === 1;
}

function held(db: Database | Transaction, claim: Claim) {
  return db("runs").where({ id: claim.run, fence: claim.fence }).whereIn("status", ACTIVE);
}

async function record(db: Database, claim: Claim, read: OutputRead): Promise<boolean> {
  return db.transaction(async (tx) => {
    const known = await held(tx, claim).update({
      output_offset: read.outputOffset,
      progress: json(read.progress),
    });
    if (known === 1) {
      await addEvents(tx, claim.run, read.events);
    }
    return known === 1;
  });
}

// PostgreSQL takes 65,535 values a statement, six of each row; a megabyte of output may be more lines.
const ROWS_AT_ONCE = 5_000;

async function addEvents(tx: Transaction, run: RunId, events: readonly RunEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += ROWS_AT_ONCE) {
    const rows = events
      .slice(from, from + ROWS_AT_ONCE)
      .map((event) => ({ ...event, message: storable(event.message), run_id: run }));
    await tx("run_events").insert(rows).onConflict(["run_id", "seq"]).ignore();
  }
}

async function requeue(db: Database, claim: Claim): Promise<boolean> {
  const again = await held(db, claim)
    .where("attempts", "<", MOST_ATTEMPTS)
    .update({ status: "queued", worker: null, process: null, lease_until: null, output_offset: 0 });
  return again === 1;
}

async function secondsTaken(db: Database, id: RunId): Promise<number> {
  const taken = db.raw("coalesce(extract(epoch from now() - started_at), 0)::float8 as taken");
  const row: unknown = await db("runs").where({ id }).first(taken);
  return z.object({ taken: z.number() }).parse(row).taken;
}

const WISHES = ["force_requested", "cancel_requested"];
const Wishes = z.object({ force_requested: z.boolean(), cancel_requested: z.boolean() }).optional();

function askedOf(row: unknown): "force" | "cancel" | null {
  const asked = Wishes.parse(row);
  if (asked?.force_requested === true) {
    return "force";
  }
  return asked?.cancel_requested === true ? "cancel" : null;
}

async function abandoned(db: Database, worker: string): Promise<Run[]> {
  const late = db("runs").whereIn("status", ACTIVE).where("lease_until", "<", db.fn.now());
  return readRuns(await late.whereNot({ worker }));
}

/**
 * Its old worker finds the fence raised, whenever it comes back, and ends what it started: to this
 * machine, in a container beside that one say, the number of a process there is somebody else's.
 */
async function adopt(db: Database, { id, fence }: Run, worker: string): Promise<Run | null> {
  const [row] = await db("runs")
    .where({ id, fence })
    .whereIn("status", ACTIVE)
    .where("lease_until", "<", db.fn.now())
    .update({ worker, fence: fence + 1, lease_until: leaseEnd(db), process: null })
    .returning("*");
  return readRun(row);
}

type Wanted = { readonly id: RunId; readonly afterSeq: number; readonly limit: number };

async function events(db: Database, wanted: Wanted): Promise<RunEvent[]> {
  const rows = await db("run_events")
    .where({ run_id: wanted.id })
    .where("seq", ">", wanted.afterSeq)
    .orderBy("seq")
    .limit(wanted.limit);
  return rows.map((row) => RunEvent.parse(row));
}

/** The lease ends by the database's clock; the clocks of workers may jump. */
function leaseEnd(db: Database) {
  return db.raw(`now() + interval '${LEASE}'`);
}

const Row = z.object({
  id: RunId,
  kind: RunKind,
  deployment_id: DeploymentId,
  change_id: ChangeId.nullable(),
  requester: PersonId,
  status: RunStatus,
  fence: z.number().int(),
  attempts: z.number().int(),
  worker: z.string().nullable(),
  process: ProcessIdentity.nullable(),
  output_offset: z.number().int(),
  progress: Progress,
  cancel_requested: z.boolean(),
  ahead: z.number().int().nullable(),
  queued_at: z.date(),
  started_at: z.date().nullable(),
  ended_at: z.date().nullable(),
});

function readRuns(rows: readonly unknown[]): Run[] {
  return rows.map(readRun).filter((run) => run !== null);
}

function readRun(raw: unknown): Run | null {
  if (raw === undefined) {
    return null;
  }
  const row = Row.parse(raw);
  return {
    id: row.id,
    kind: row.kind,
    deployment: row.deployment_id,
    change: row.change_id,
    requester: row.requester,
    status: row.status,
    fence: row.fence,
    attempts: row.attempts,
    worker: row.worker,
    process: row.process,
    outputOffset: row.output_offset,
    progress: row.progress,
    cancelRequested: row.cancel_requested,
    ahead: row.status === "queued" ? row.ahead : null,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
