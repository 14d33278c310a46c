import { z } from "zod";
import { Digest, type ChangeId } from "#deployments/ids.ts";
import type { PlanBundle, Plans, Step } from "#deployments/ports.ts";
import type { Claim } from "#deployments/run.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { json, type Transaction } from "./transaction.ts";

const LABEL = "plan";

const Hashes = z.object({ archive: Digest, plan: Digest, lock: z.string(), inputs: Digest });
const Facts = z.object({
  /** Sealed: the hash of the values would let a short secret one be found out by trying. */
  hashes: z.union([z.string(), Hashes]),
  terraform: z.object({
    binary: z.string(),
    version: z.string(),
    // Plans of before 2026-11-21 have neither.
    product: z.enum(["terraform", "tofu"]).default("terraform"),
    isolation: z.enum(["bubblewrap", "none"]).default("none"),
  }),
  moduleCommit: z.string(),
  stateSerial: z.number().int().nullable(),
});

const Texts = z.object({
  text_sealed: z.instanceof(Uint8Array),
  json_sealed: z.instanceof(Uint8Array),
});
const Row = Texts.extend({ digest: Digest, bundle: z.instanceof(Uint8Array), facts: Facts });

/** Plans with everything an apply needs, sealed; any worker can apply what any other planned. */
export function createPlans(db: Database, keys: Keys): Plans {
  return {
    save: (claim, bundle) => save({ db, keys }, claim, bundle),
    load: (change) => load({ db, keys }, change),
    madeBy: (change) => madeBy(db, change),
    shown: (change) => shown({ db, keys }, change),
  };
}

/** Marks an approved plan as used, once, ever; else why not. Another digest is another plan. */
export async function usePlan(
  tx: Transaction,
  use: NonNullable<Step["usePlan"]>,
): Promise<"plan-used" | "plan-changed" | null> {
  const used = await tx("plans")
    .where({ change_id: use.change, digest: use.digest })
    .whereNull("consumed_at")
    .update({ consumed_at: tx.fn.now(), consumed_by: use.run });
  if (used === 1) {
    return null;
  }
  const kept = await tx("plans").where({ change_id: use.change }).first("digest");
  return kept?.digest === use.digest ? "plan-used" : "plan-changed";
}

type Store = { readonly db: Database; readonly keys: Keys };

async function save({ db, keys }: Store, claim: Claim, bundle: PlanBundle): Promise<boolean> {
  const { change, digest } = bundle;
  const row = {
    digest,
    bundle: keys.seal(LABEL, bundle.archive, `${change}/bundle`),
    facts: json(Facts.parse({ ...bundle, hashes: sealedHashes(keys, bundle) })),
    text_sealed: keys.seal(LABEL, Buffer.from(bundle.text), `${change}/text`),
    json_sealed: keys.seal(LABEL, Buffer.from(bundle.json), `${change}/json`),
  };
  return db.transaction(async (tx) => {
    const held = await tx("runs")
      .where({ id: claim.run, fence: claim.fence })
      .forUpdate()
      .first("id");
    if (held === undefined) {
      return false;
    }
    // A plan run that is tried again replaces what its dead attempt may have left.
    await tx("plans")
      .insert({ change_id: change, ...row })
      .onConflict("change_id")
      .merge();
    return true;
  });
}

async function load({ db, keys }: Store, change: ChangeId): Promise<PlanBundle | null> {
  const raw = await db("plans").where({ change_id: change }).first();
  if (raw === undefined || raw.bundle === null) {
    return null;
  }
  const row = Row.parse(raw);
  return {
    ...row.facts,
    hashes: openedHashes(keys, change, row.facts.hashes),
    ...opened(keys, change, row),
    change,
    digest: row.digest,
    archive: keys.open(LABEL, row.bundle, `${change}/bundle`),
  };
}

async function madeBy(db: Database, change: ChangeId): ReturnType<Plans["madeBy"]> {
  const row: unknown = await db("plans").where({ change_id: change }).first("facts");
  return row === undefined ? null : Row.pick({ facts: true }).parse(row).facts.terraform;
}

async function shown({ db, keys }: Store, change: ChangeId): ReturnType<Plans["shown"]> {
  const raw = await db("plans").where({ change_id: change }).first("text_sealed", "json_sealed");
  return raw === undefined ? null : opened(keys, change, Texts.parse(raw));
}

function opened(keys: Keys, change: ChangeId, row: z.infer<typeof Texts>) {
  return {
    text: keys.open(LABEL, row.text_sealed, `${change}/text`).toString("utf8"),
    json: keys.open(LABEL, row.json_sealed, `${change}/json`).toString("utf8"),
  };
}

function sealedHashes(keys: Keys, { change, hashes }: PlanBundle): string {
  const text = Buffer.from(json(Hashes.parse(hashes)));
  return keys.seal(LABEL, text, `${change}/hashes`).toString("base64");
}

/** Plans of before 2026-11-21 have them in clear. */
function openedHashes(
  keys: Keys,
  change: ChangeId,
  hashes: z.infer<typeof Facts>["hashes"],
): PlanBundle["hashes"] {
  if (typeof hashes !== "string") {
    return hashes;
  }
  const text = keys.open(LABEL, Buffer.from(hashes, "base64"), `${change}/hashes`);
  return Hashes.parse(JSON.parse(text.toString("utf8")));
}
