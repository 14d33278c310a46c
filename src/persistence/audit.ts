import { z } from "zod";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import type { AuditEvent } from "#deployments/ports.ts";
import { canonicalRow, GENESIS, type AuditRow } from "./audit-chain.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { json, storable, type Transaction } from "./transaction.ts";

const Head = z.object({ seq: z.coerce.number().int(), hash: z.string(), at: z.date() });

/**
 * Appends audit rows in the transaction of what they tell about. The head stays locked until the
 * commit, so that numbers have no gap and each row hangs on the one before it; it is the last lock
 * a step takes.
 */
export async function auditRows(
  tx: Transaction,
  keys: Pick<Keys, "mac" | "currentId">,
  events: readonly AuditEvent[],
): Promise<void> {
  if (events.length === 0) {
    return;
  }
  // Milliseconds, because the hash is over the time as JavaScript reads it back.
  let { seq, hash, at } = Head.parse(
    await tx("audit_head")
      .forUpdate()
      .first("seq", "hash", tx.raw("date_trunc('milliseconds', clock_timestamp()) as at")),
  );
  for (const event of events) {
    seq += 1;
    const row = { ...stored(event), seq, at, prev: hash === "" ? `${GENESIS}${seq}` : hash };
    hash = keys.mac("audit", canonicalRow(row)).toString("hex");
    const { deployment, detail, ...same } = row;
    await tx("audit").insert({
      ...same,
      deployment_id: deployment,
      detail: json(detail),
      key_id: keys.currentId,
      hash,
    });
  }
  await tx("audit_head").update({ seq, hash });
}

/** As the database will give it back. */
function stored(event: AuditEvent): Omit<AuditRow, "seq" | "at" | "prev"> {
  const entries = Object.entries(event.detail).map(([name, value]) => [
    name,
    typeof value === "string" ? storable(value) : value,
  ]);
  return { ...event, detail: Object.fromEntries(entries) };
}

const Row = z.object({
  deployment_id: DeploymentId.nullable(),
  actor: z.union([z.literal("system"), PersonId]),
  action: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  at: z.date(),
});

/** Appends a row about something that changed nothing, such as a token that was turned away. */
export function recordEvent(
  db: Database,
  keys: Pick<Keys, "mac" | "currentId">,
  event: AuditEvent,
): Promise<void> {
  return db.transaction((tx) => auditRows(tx, keys, [event]));
}

/** Oldest first. */
export async function auditOf(
  db: Database,
  id: DeploymentId,
): Promise<(AuditEvent & { at: Date })[]> {
  const rows = await db("audit").where({ deployment_id: id }).orderBy("seq");
  return rows.map((raw) => {
    const { deployment_id, ...row } = Row.parse(raw);
    return { ...row, deployment: deployment_id };
  });
}
