import { createHash, randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { DeploymentId, RunId } from "#deployments/ids.ts";
import type { StateAccess } from "#deployments/state-ports.ts";
import { decideRescue } from "#deployments/state-rules.ts";
import { Secret } from "#telemetry/secret.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { addVersion, newestVersion, pack, takeTurn } from "./state-versions.ts";
import type { Transaction } from "./transaction.ts";

const PASSWORD_BYTES = 32;

/** `baseUrl` is where this process serves the state route, `http://127.0.0.1:<port>`. */
export function createStateAccess(deps: {
  readonly db: Database;
  readonly keys: Keys;
  readonly baseUrl: string;
}): StateAccess {
  const { db } = deps;
  return {
    async grant(claim, deployment, mode) {
      const password = randomBytes(PASSWORD_BYTES).toString("base64url");
      await db("state_grants")
        .insert({
          run: claim.run,
          deployment,
          fence: claim.fence,
          worker: claim.worker,
          mode,
          password_sha256: createHash("sha256").update(password).digest(),
          at: db.fn.now(),
          ended_at: null,
        })
        .onConflict("run")
        .merge();
      const address = `${deps.baseUrl}/tf/state/${deployment}`;
      return { address, username: claim.run, password: new Secret(password) };
    },
    release: (run) => db.transaction((tx) => release(tx, run)),
    strays: (worker) => strays(db, worker),
    async rescue(run, deployment, body) {
      const found = headOf(body);
      return found !== null && (await rescue(deps, { run, deployment, body, found }));
    },
  };
}

async function release(tx: Transaction, run: RunId): Promise<void> {
  const row: unknown = await tx("state_grants").where({ run }).first("deployment");
  if (row === undefined) {
    return;
  }
  // Without the turn a LOCK under way could commit after we looked, and stand for ever.
  await takeTurn(tx, z.object({ deployment: z.string() }).parse(row).deployment);
  await tx("state_grants").where({ run }).whereNull("ended_at").update({ ended_at: tx.fn.now() });
  await tx("state_locks").where({ run }).delete();
}

async function strays(db: Database, worker: string): ReturnType<StateAccess["strays"]> {
  const rows: unknown = await db("state_locks as l")
    .join("state_grants as g", "g.run", "l.run")
    .join("runs as r", "r.id", "l.run")
    .where("g.worker", worker)
    .whereNotNull("r.ended_at")
    .select("l.run", "l.deployment");
  return z.array(z.object({ run: RunId, deployment: DeploymentId })).parse(rows);
}

type Found = {
  readonly run: RunId;
  readonly deployment: string;
  readonly body: string;
  readonly found: StateHead;
};

async function rescue(
  { db, keys }: { readonly db: Database; readonly keys: Keys },
  { run, deployment, body, found }: Found,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await takeTurn(tx, deployment);
    const newest = await newestVersion(tx, deployment);
    const fence = await heldFence(tx, run);
    const kept = decideRescue(found, newest, { run, newLineage: randomUUID() });
    if (fence === null || kept === null) {
      return false;
    }
    const text = relabel(body, kept);
    await addVersion(tx, keys, {
      ...kept,
      deployment,
      after: newest,
      md5: createHash("md5").update(text).digest("base64"),
      lockId: "rescue",
      run,
      fence,
      packed: await pack(Buffer.from(text)),
    });
    return true;
  });
}

/** The fence that the run got its grant with; null once somebody has taken over, as for any write. */
async function heldFence(tx: Transaction, run: RunId): Promise<number | null> {
  const row: unknown = await tx("runs as r")
    .join("state_grants as g", "g.run", "r.id")
    .where("r.id", run)
    .whereRaw("g.fence = r.fence")
    .forShare("r")
    .first("r.fence");
  return row === undefined ? null : z.object({ fence: z.number().int() }).parse(row).fence;
}

const StateHead = z.object({ serial: z.number().int(), lineage: z.string() });
type StateHead = z.infer<typeof StateHead>;

/** Serial and lineage of a Terraform state; null when the text is none (cut off, say). */
function headOf(body: string): StateHead | null {
  try {
    return StateHead.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * The same text with another serial and lineage, which Terraform writes before anything else.
 * Writing the JSON anew would round attributes above 2^53.
 */
function relabel(body: string, head: StateHead): string {
  return body
    .replace(/"serial":\s*\d+/, `"serial": ${head.serial}`)
    .replace(/"lineage":\s*"[^"]*"/, `"lineage": ${JSON.stringify(head.lineage)}`);
}
