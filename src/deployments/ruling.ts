import { askingFor, type Demand } from "./asking.ts";
import type { OpenChange, Plan } from "./change.ts";
import { demandOf, subjectOf, type Subject } from "./demand.ts";
import type { Deployment } from "./deployment.ts";
import type { ServiceParts } from "./service.ts";

type Parts = Pick<ServiceParts, "policy" | "catalogue" | "clock">;
type Planned = Extract<OpenChange, { readonly plan: Plan }>;

/** What the rules of this moment say of a change: what they look at, and what they ask. */
export type Ruling = { readonly subject: Subject; readonly demand: Demand };

export function rulingOn(
  { policy, catalogue }: Pick<Parts, "policy" | "catalogue">,
  deployment: Deployment,
  change: Pick<Planned, "kind" | "vars" | "plan">,
): Ruling {
  const subject = subjectOf(deployment, change, catalogue.module(deployment.module));
  return { subject, demand: demandOf(policy.current(), subject) };
}

/** The question as the policy of this moment puts it to people for this plan. */
export function questionOf(
  parts: Parts,
  deployment: Deployment,
  { change, plan }: { readonly change: OpenChange; readonly plan: Plan },
) {
  const { demand } = rulingOn(parts, deployment, { ...change, plan });
  const now = parts.clock();
  return { now, asking: askingFor(demand, now) };
}
