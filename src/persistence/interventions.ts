import { z } from "zod";
import { RunId } from "#deployments/ids.ts";
import type { Step } from "#deployments/ports.ts";
import { RunKind } from "#deployments/run.ts";
import type { Holder, StateHolders } from "#deployments/state-ports.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import type { Database } from "./database.ts";
import { usePlan } from "./plans.ts";
import type { Transaction } from "./transaction.ts";

const ACTIVE = ["claimed", "running"];

/** What a step counts on beside the deployment itself; null: all of it is so. */
export async function tooLate(
  tx: Transaction,
  { usePlan: used, intervene: asked, deployment: { name } }: Step,
): Promise<Refusal | null> {
  const unusable = used === null ? null : await usePlan(tx, used);
  if (unusable !== null) {
    return refusal(unusable, { name });
  }
  return asked !== null && !(await intervene(tx, asked)) ? refusal("holder-alive", { name }) : null;
}

/** Does what a person decided over a run's head. False: its worker was heard from meanwhile. */
async function intervene(tx: Transaction, asked: NonNullable<Step["intervene"]>): Promise<boolean> {
  const active = tx("runs").where({ id: asked.run }).whereIn("status", ACTIVE);
  if (asked.how === "kill") {
    await active.update({ force_requested: true });
    return true;
  }
  const [run] = await tx("runs").where({ id: asked.run }).forUpdate().select("status");
  if (ACTIVE.includes(z.string().parse(run?.status))) {
    const taken = await active.where("lease_until", "<", tx.fn.now()).update({
      status: "lost",
      fence: tx.raw("fence + 1"),
      ended_at: tx.fn.now(),
      lease_until: null,
      worker: null,
    });
    if (taken !== 1) {
      return false;
    }
  }
  await tx("state_locks").where({ run: asked.run }).delete();
  return true;
}

const HOLDER = `
  select r.id as run, r.kind, coalesce(r.worker, g.worker, '') as worker,
         coalesce(r.process->>'host', l.info->>'Who', '') as host, coalesce(l.at, r.started_at, r.queued_at) as since,
         r.lease_until - interval '30 seconds' as "lastHeard",
         coalesce(r.lease_until > now(), false) as alive
    from runs r
    left join state_locks l on l.run = r.id
    left join state_grants g on g.run = r.id
   where r.deployment_id = ? and (l.run is not null or r.status in ('claimed', 'running'))
   order by (l.run is not null) desc
   limit 1`;

export function createStateHolders(db: Database): StateHolders {
  return {
    async of(deployment) {
      const { rows } = z.object({ rows: z.array(Row) }).parse(await db.raw(HOLDER, [deployment]));
      return rows[0] ?? null;
    },
  };
}

const Row: z.ZodType<Holder> = z.object({
  run: RunId,
  kind: RunKind,
  worker: z.string(),
  host: z.string(),
  since: z.date(),
  lastHeard: z.date().nullable(),
  alive: z.boolean(),
});
