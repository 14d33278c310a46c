import { DriftCheck, type DriftStep } from "#deployments/drift.ts";
import type { DriftChecks } from "#deployments/ports.ts";
import type { Database } from "./database.ts";
import { json, type Transaction } from "./transaction.ts";

/** The record of drift checks; what they found is masked before it comes here. */
export function createDriftChecks(db: Database): DriftChecks {
  return {
    load: async (run) => read(await db("drift_checks").where({ run_id: run }).first()),
    newest: async (deployment) =>
      read(
        await db("drift_checks")
          .where({ deployment_id: deployment })
          .orderBy([
            { column: "asked_at", order: "desc" },
            { column: "run_id", order: "desc" },
          ])
          .first(),
      ),
  };
}

/** Writes a check with its run, or what it found, in the transaction of the step. */
export async function writeDrift(tx: Transaction, step: DriftStep | null): Promise<void> {
  if (step === null) {
    return;
  }
  if (step.is === "ended") {
    await tx("drift_checks")
      .where({ run_id: step.run })
      .update({ result: json(step.result), ended_at: tx.fn.now() });
    return;
  }
  await tx("drift_checks").insert({
    run_id: step.run,
    deployment_id: step.deployment,
    requester: step.requester,
    lang: step.lang,
    place: step.place === null ? null : json(step.place),
    request_key: step.requestKey,
  });
}

type Row = Readonly<Record<string, unknown>>;

function read(row: Row | undefined): DriftCheck | null {
  if (row === undefined) {
    return null;
  }
  return DriftCheck.parse({
    run: row["run_id"],
    deployment: row["deployment_id"],
    requester: row["requester"],
    lang: row["lang"],
    place: row["place"],
    requestKey: row["request_key"],
    askedAt: row["asked_at"],
    endedAt: row["ended_at"],
    result: row["result"],
  });
}
