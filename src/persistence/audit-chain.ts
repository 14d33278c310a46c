import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import type { Transaction } from "./transaction.ts";

/** What the hash of an audit row covers. */
export type AuditRow = {
  readonly seq: number;
  readonly at: Date;
  readonly deployment: string | null;
  readonly actor: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** Hash of the row before it; of the first one `GENESIS` and its own number. */
  readonly prev: string;
};

export const GENESIS = "genesis:";

/** One text per row, whatever order the database keeps the fields of `detail` in. */
export function canonicalRow(row: AuditRow): string {
  const detail = Object.entries(row.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const { seq, at, deployment, actor, action, prev } = row;
  return JSON.stringify([seq, at.toISOString(), deployment, actor, action, detail, prev]);
}

/** Why a row, or what should be there in its place, breaks the chain. */
export type Broken = {
  readonly seq: number;
  readonly why: "missing" | "changed" | "unlinked" | "unknown-key" | "cut-off" | "not-anchored";
};

export type Verified = {
  /** Rows whose hash is right, from the first of the chain on. */
  readonly rows: number;
  /** Rows of before there was a chain; nothing proves them. */
  readonly before: number;
  /** The first bad row; null when there is none. */
  readonly broken: Broken | null;
  readonly head: Anchor;
};

/** What somebody noted of the chain outside the database: rows up to here must be as they were. */
export type Anchor = { readonly seq: number; readonly hash: string };

const PAGE = 1_000;

/** Reads the whole chain, as it is at this moment, and names the first row that is not as it was written. */
export function verifyAudit(
  db: Database,
  keys: Pick<Keys, "macBy">,
  anchor: Anchor | null,
): Promise<Verified> {
  const moment = { isolationLevel: "repeatable read", readOnly: true } as const;
  return db.transaction((tx) => verify(tx, keys, anchor), moment);
}

async function verify(
  db: Transaction,
  keys: Pick<Keys, "macBy">,
  anchor: Anchor | null,
): Promise<Verified> {
  const head = await auditHead(db);
  const before = await countBefore(db);
  const walk: Walk = { rows: 0, last: { seq: before, hash: "" } };
  if (anchor !== null && anchor.seq <= before) {
    // It was in the chain when it was noted, and somebody has taken the chain off it.
    return { rows: 0, before, broken: { seq: anchor.seq, why: "not-anchored" }, head };
  }
  for await (const { seq, row } of chained(db, before)) {
    const broken = follow(keys, walk, { seq, row }) ?? againstAnchor(walk.last, anchor);
    if (broken !== null) {
      return { rows: walk.rows, before, broken, head };
    }
  }
  const broken = againstHead(walk, head) ?? beyond(walk.last, anchor);
  return { rows: walk.rows, before, broken, head };
}

const Row = z
  .object({
    seq: z.coerce.number().int(),
    at: z.date(),
    deployment_id: z.string().nullable(),
    actor: z.string(),
    action: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    prev: z.string(),
    hash: z.string(),
    key_id: z.string(),
    // The hash is over milliseconds, and no row of ours has more.
    exact: z.literal(true),
  })
  .transform(({ deployment_id, ...row }) => ({ ...row, deployment: deployment_id }));
type Row = z.infer<typeof Row>;

const Raw = z.looseObject({ seq: z.coerce.number().int() });
type Raw = z.infer<typeof Raw>;

/** A row by its number; `row` is null where it is not such as we write them. */
type Found = { readonly seq: number; readonly row: Row | null; readonly raw: Raw };

/** Every row after these, oldest first. */
async function* chained(db: Database | Transaction, after: number): AsyncGenerator<Found> {
  let last = after;
  for (;;) {
    const rows = z
      .array(Raw)
      .parse(
        await db("audit")
          .select("*", db.raw("at = date_trunc('milliseconds', at) as exact"))
          .where("seq", ">", last)
          .orderBy("seq")
          .limit(PAGE),
      );
    yield* rows.map((raw) => ({ seq: raw.seq, row: Row.safeParse(raw).data ?? null, raw }));
    const newest = rows.at(-1)?.seq;
    if (newest === undefined) {
      return;
    }
    last = newest;
  }
}

/** The newest row's number and hash, to be kept where the database's owner cannot reach. */
export async function auditHead(db: Database | Transaction): Promise<Anchor> {
  const Head = z.object({ seq: z.coerce.number().int(), hash: z.string() });
  return Head.parse(await db("audit_head").first("seq", "hash"));
}

/** Number of the last row without a hash at the start of the table; 0 when all are chained. */
async function countBefore(db: Transaction): Promise<number> {
  const Found = z.object({ seq: z.coerce.number().int() });
  const genesis = Found.safeParse(
    await db("audit").whereLike("prev", `${GENESIS}%`).orderBy("seq").first("seq"),
  ).data;
  if (genesis !== undefined) {
    return genesis.seq - 1;
  }
  const { hash, seq } = await auditHead(db);
  return hash === "" ? seq : 0;
}

type Walk = { rows: number; last: Anchor };

/** Goes on by one row, or says why it cannot. */
function follow(keys: Pick<Keys, "macBy">, walk: Walk, found: Walked): Broken | null {
  const why = wrongOf(keys, walk.last, found);
  if (why !== null) {
    return { seq: walk.last.seq + 1, why };
  }
  walk.rows += 1;
  walk.last = { seq: found.seq, hash: found.row?.hash ?? "" };
  return null;
}

type Walked = Pick<Found, "seq" | "row">;

function wrongOf(
  keys: Pick<Keys, "macBy">,
  last: Anchor,
  { seq, row }: Walked,
): Broken["why"] | null {
  if (seq !== last.seq + 1) {
    return "missing";
  }
  if (row === null) {
    return "changed";
  }
  const { prev, hash, key_id: key } = row;
  const right = keys.macBy(key, "audit", canonicalRow(row));
  if (right === null) {
    return "unknown-key";
  }
  if (!isSame(right.toString("hex"), hash)) {
    return "changed";
  }
  return prev === (last.hash === "" ? `${GENESIS}${row.seq}` : last.hash) ? null : "unlinked";
}

/** Rows taken off the end leave a head that knows better. */
function againstHead({ last }: Walk, head: Anchor): Broken | null {
  const same = head.seq === last.seq && head.hash === last.hash;
  return same ? null : { seq: last.seq + 1, why: "cut-off" };
}

function againstAnchor({ seq, hash }: Anchor, anchor: Anchor | null): Broken | null {
  const wrong = anchor?.seq === seq && anchor.hash !== hash;
  return wrong ? { seq, why: "not-anchored" } : null;
}

/** The noted row is not there any more, and head and rows were cut alike. */
function beyond(last: Anchor, anchor: Anchor | null): Broken | null {
  return anchor !== null && anchor.seq > last.seq ? { seq: last.seq + 1, why: "cut-off" } : null;
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Every row as one line of JSON, oldest first, hashes included. */
export async function* exportAudit(db: Database, from: number): AsyncGenerator<string> {
  for await (const { raw } of chained(db, from - 1)) {
    const { deployment_id: deployment, key_id: keyId, exact: _exact, ...same } = raw;
    yield JSON.stringify({ ...same, deployment, keyId });
  }
}
