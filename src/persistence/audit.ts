import { z } from "zod";
import { DeploymentId, PersonId } from "#deployments/ids.ts";
import type { Announcement } from "#deployments/announcement.ts";
import type { AuditEvent } from "#deployments/ports.ts";
import type { Database } from "./database.ts";
import { json, type Transaction } from "./transaction.ts";

const Row = z.object({
  deployment_id: DeploymentId.nullable(),
  actor: z.union([z.literal("system"), PersonId]),
  action: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  at: z.date(),
});

/** Appends audit rows in the transaction of what they tell about. */
export async function auditRows(tx: Transaction, events: readonly AuditEvent[]): Promise<void> {
  for (const event of events) {
    await tx("audit").insert({
      deployment_id: event.deployment,
      actor: event.actor,
      action: event.action,
      detail: json(event.detail),
    });
  }
}

export async function announceRows(
  tx: Transaction | Database,
  announcements: readonly Announcement[],
): Promise<void> {
  for (const { deployment, card, ...about } of announcements) {
    await tx("announcements").insert({
      deployment_id: deployment,
      change_id: "change" in about ? about.change : null,
      run_id: "run" in about ? about.run : null,
      card,
    });
  }
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
