import { z } from "zod";
import type { FirstAnswer, Idempotency, IdempotentRequest } from "#http/ports.ts";
import type { Database } from "./database.ts";
import { json, type Transaction } from "./transaction.ts";

// A process that died while answering must not block its key until tomorrow.
const ABANDONED_AFTER = "2 minutes";
const KEPT_FOR = "24 hours";

export function createIdempotency(db: Database): Idempotency {
  return {
    begin: (request) => db.transaction((tx) => begin(tx, request)),
    async finish(request, { status, body }) {
      await own(db, request).update({ status, answer: json(body) });
    },
    async forget(request) {
      await own(db, request).whereNull("status").delete();
    },
    async release(request) {
      await own(db, request).whereNull("status").update({ released: true });
    },
  };
}

function own(db: Database, { person, key, requestHash }: IdempotentRequest) {
  return db("idempotency_keys").where({ person, key, request_hash: requestHash });
}

async function begin(tx: Transaction, request: IdempotentRequest): Promise<FirstAnswer> {
  const { person, key, requestHash } = request;
  await tx("idempotency_keys").whereRaw(`at < now() - interval '${KEPT_FOR}'`).delete();
  const inserted = await tx("idempotency_keys")
    .insert({ person, key, request_hash: requestHash })
    .onConflict(["person", "key"])
    .ignore()
    .returning("key");
  return inserted.length === 1 ? { is: "new" } : known(tx, request);
}

const Row = z.object({
  request_hash: z.string(),
  status: z.number().int().nullable(),
  answer: z.unknown(),
});

async function known(tx: Transaction, request: IdempotentRequest): Promise<FirstAnswer> {
  const { person, key, requestHash } = request;
  const found: unknown = await tx("idempotency_keys").where({ person, key }).first();
  if (found === undefined) {
    // Forgotten between our insert and this read: as good as under way, ask again.
    return { is: "running" };
  }
  const row = Row.parse(found);
  if (row.request_hash !== requestHash) {
    return { is: "other" };
  }
  if (row.status !== null) {
    return { is: "answered", answer: { status: row.status, body: row.answer } };
  }
  return (await takenOver(tx, request)) ? { is: "new" } : { is: "running" };
}

/** The same request goes on where its first attempt broke off; its effect knows it again. */
async function takenOver(tx: Transaction, { person, key }: IdempotentRequest): Promise<boolean> {
  const taken = await tx("idempotency_keys")
    .where({ person, key })
    .whereNull("status")
    .whereRaw(`(released or at < now() - interval '${ABANDONED_AFTER}')`)
    .update({ released: false, at: tx.fn.now() });
  return taken === 1;
}
