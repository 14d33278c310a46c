import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { DeploymentId, RunId } from "#deployments/ids.ts";
import type { StateStore } from "#deployments/state-ports.ts";
import { decideState } from "#deployments/state-rules.ts";
import type { GrantFacts, LockFacts, StateDecision, StateFacts } from "#deployments/state-rules.ts";
import type {
  StateAnswer,
  StateCredentials,
  StateRequest,
  StateRoute,
} from "#deployments/state-route.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import {
  addVersion,
  newestVersion,
  pack,
  packedBody,
  takeTurn,
  unpack,
  type StateVersion,
} from "./state-versions.ts";
import type { Transaction } from "./transaction.ts";

/** Terraform's state in the database: every version kept and sealed, one transaction per write. */
export function createStateStore(db: Database, keys: Keys): StateStore & StateRoute {
  return {
    async newest(deployment) {
      const newest = await newestVersion(db, deployment);
      if (newest === null) {
        return null;
      }
      const packed = await packedBody(db, keys, { deployment, version: newest.version });
      const body = (await unpack(packed)).toString();
      return { serial: newest.serial, lineage: newest.lineage, body };
    },
    async admits(credentials, deployment) {
      const grant = await grantOf(db, credentials);
      return grant !== null && grant.deployment === deployment && !grant.ended;
    },
    async answer(request) {
      const deployment = DeploymentId.safeParse(request.deployment);
      if (!deployment.success) {
        return { status: 403, body: null, why: "other-deployment" };
      }
      // Compressing 64 MB takes a second: not while the transaction is open.
      const packed = request.ask.verb === "POST" ? await pack(request.ask.body) : null;
      const answer = await db.transaction((tx) =>
        answerIn({ tx, keys, request, deployment: deployment.data, packed }),
      );
      return answer.status === 200 && answer.body !== null
        ? { ...answer, body: await unpack(answer.body) }
        : answer;
    },
  };
}

type Turn = {
  readonly tx: Transaction;
  readonly keys: Keys;
  readonly request: StateRequest;
  readonly deployment: DeploymentId;
  readonly packed: Uint8Array | null;
};

type Known = Omit<StateFacts, "lock" | "newest"> & {
  readonly lock: (LockFacts & { readonly info: unknown }) | null;
  readonly newest: StateVersion | null;
};

async function answerIn(turn: Turn): Promise<StateAnswer> {
  await takeTurn(turn.tx, turn.deployment);
  const known = await factsOf(turn);
  const decision = decideState(turn.request.ask, known);
  return carryOut(turn, known, decision);
}

async function factsOf({ tx, request, deployment }: Turn): Promise<Known> {
  const grant = await grantOf(tx, request.credentials);
  return {
    deployment,
    grant,
    fence: grant === null ? null : await fenceOf(tx, grant.run),
    lock: await lockOf(tx, deployment),
    newest: await newestVersion(tx, deployment),
  };
}

/** Writes what was decided; 200 with a body still carries it compressed. */
async function carryOut(turn: Turn, known: Known, decision: StateDecision): Promise<StateAnswer> {
  switch (decision.do) {
    case "read":
      return read(turn, known.newest);
    case "lock":
      await lock(turn, known);
      return DONE;
    case "unlock":
      await turn.tx("state_locks").where({ deployment: turn.deployment }).delete();
      return DONE;
    case "write":
      await write(turn, known);
      return DONE;
    case "nothing":
      return DONE;
    case "held":
      return { status: 423, body: Buffer.from(JSON.stringify(known.lock?.info ?? {})) };
    case "refuse":
      return { status: decision.status, body: null, why: decision.why };
  }
}

const DONE: StateAnswer = { status: 200, body: null };

async function read(turn: Turn, newest: StateVersion | null): Promise<StateAnswer> {
  if (newest === null) {
    return { status: 204, body: null };
  }
  const at = { deployment: turn.deployment, version: newest.version };
  return { status: 200, body: await packedBody(turn.tx, turn.keys, at), md5: newest.md5 };
}

async function lock({ tx, request, deployment }: Turn, { grant }: Known): Promise<void> {
  if (request.ask.verb !== "LOCK" || grant === null) {
    return;
  }
  const { lockId, info } = request.ask;
  await tx("state_locks")
    .insert({ deployment, lock_id: lockId, run: grant.run, fence: grant.fence, info })
    .onConflict("deployment")
    .merge();
}

async function write(turn: Turn, { grant, newest }: Known): Promise<void> {
  const { ask } = turn.request;
  if (ask.verb !== "POST" || grant === null || turn.packed === null) {
    return;
  }
  await addVersion(turn.tx, turn.keys, {
    deployment: turn.deployment,
    after: newest,
    serial: ask.serial,
    lineage: ask.lineage,
    md5: ask.md5,
    lockId: ask.lockId,
    run: grant.run,
    fence: grant.fence,
    packed: turn.packed,
  });
}

const GrantRow = z.object({
  run: RunId,
  deployment: DeploymentId,
  fence: z.number().int(),
  mode: z.enum(["read", "write"]),
  password_sha256: z.instanceof(Buffer),
  ended_at: z.date().nullable(),
});

/** The grant that these credentials open, ended or not; null when they are wrong. */
async function grantOf(
  db: Database | Transaction,
  { username, password }: StateCredentials,
): Promise<GrantFacts | null> {
  const row: unknown = await db("state_grants").where({ run: username }).first();
  if (row === undefined) {
    return null;
  }
  const { password_sha256: hash, ended_at: endedAt, ...grant } = GrantRow.parse(row);
  const right = timingSafeEqual(hash, createHash("sha256").update(password).digest());
  return right ? { ...grant, ended: endedAt !== null } : null;
}

/** The run's fence of this moment; it cannot rise before our transaction ends. */
async function fenceOf(tx: Transaction, run: RunId): Promise<number | null> {
  const row: unknown = await tx("runs").where({ id: run }).forShare().first("fence");
  return row === undefined ? null : z.object({ fence: z.number().int() }).parse(row).fence;
}

const LockRow = z
  .object({ lock_id: z.string(), run: RunId, fence: z.number().int(), info: z.unknown() })
  .transform(({ lock_id: id, ...row }) => ({ ...row, id }));

async function lockOf(tx: Transaction, deployment: DeploymentId): Promise<Known["lock"]> {
  const row: unknown = await tx("state_locks").where({ deployment }).first();
  return row === undefined ? null : LockRow.parse(row);
}
