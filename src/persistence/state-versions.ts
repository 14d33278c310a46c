import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { RunId } from "#deployments/ids.ts";
import type { VersionFacts } from "#deployments/state-rules.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import type { Transaction } from "./transaction.ts";

export type StateVersion = VersionFacts & {
  readonly version: number;
  readonly run: RunId;
  readonly fence: number;
};

export type NewVersion = Omit<StateVersion, "version"> & { readonly packed: Uint8Array };

const KEPT_VERSIONS = 100;

const Row = z
  .object({
    version: z.number().int(),
    serial: z.number().int(),
    lineage: z.string(),
    md5: z.string(),
    lock_id: z.string(),
    run: RunId,
    fence: z.number().int(),
  })
  .transform(({ lock_id: lockId, ...row }): StateVersion => ({ ...row, lockId }));

/** Makes writers and readers of one deployment's state take turns until the transaction ends. */
export async function takeTurn(tx: Transaction, deployment: string): Promise<void> {
  // A row lock would not do: before the first LOCK there is no row to lock.
  await tx.raw("select pg_advisory_xact_lock(hashtextextended(?, 0))", [`state:${deployment}`]);
}

export async function newestVersion(
  db: Database | Transaction,
  deployment: string,
): Promise<StateVersion | null> {
  const row: unknown = await db("state_versions")
    .where({ deployment })
    .orderBy("version", "desc")
    .first("version", "serial", "lineage", "md5", "lock_id", "run", "fence");
  return row === undefined ? null : Row.parse(row);
}

/** Adds a version after the newest one and drops what is older than the last 100. */
export async function addVersion(
  tx: Transaction,
  keys: Keys,
  added: NewVersion & { readonly deployment: string; readonly after: StateVersion | null },
): Promise<void> {
  const { deployment, after, packed, lockId, ...facts } = added;
  const version = (after?.version ?? 0) + 1;
  const body = keys.seal("state", packed, contextOf(deployment, version));
  await tx("state_versions").insert({ ...facts, deployment, version, lock_id: lockId, body });
  await tx("state_versions")
    .where({ deployment })
    .where("version", "<=", version - KEPT_VERSIONS)
    .delete();
}

/** The body as it was stored: compressed, no longer sealed. */
export async function packedBody(
  db: Database | Transaction,
  keys: Keys,
  at: { readonly deployment: string; readonly version: number },
): Promise<Buffer> {
  const { deployment, version } = at;
  const row: unknown = await db("state_versions").where({ deployment, version }).first("body");
  const { body } = z.object({ body: z.instanceof(Buffer) }).parse(row);
  return keys.open("state", body, contextOf(deployment, version));
}

// A state is repetitive JSON; packed it is a tenth, and a hundred versions are kept.
export const pack: (body: Uint8Array) => Promise<Buffer> = promisify(gzip);
export const unpack: (packed: Uint8Array) => Promise<Buffer> = promisify(gunzip);

function contextOf(deployment: string, version: number): string {
  return `${deployment}/${version}`;
}
