import { rangeAdvice } from "./advice-ranges.ts";
import { regionAdvice } from "./advice-region.ts";
import { nameAdvice, sizeAdvice, tagAdvice } from "./advice-values.ts";
import type { Json, Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { filled } from "./filling.ts";
import type { Policy, PolicySource } from "./policy.ts";
import type { Neighbour } from "./neighbour.ts";
import type { Catalogue, Deployments, Module, Regions } from "./ports.ts";
import type { Region } from "./regions.ts";
import type { Viewer } from "./viewer.ts";
import type { AdviceCode } from "#text/advice.ts";
import type { Params } from "#text/wording.ts";

/**
 * What somebody should know before a plan; worded by `text/advice.ts`. `block` stops the request,
 * the others stop nothing. `suggested` is the one value that would settle it.
 */
export type Advice = {
  readonly level: "block" | "warn" | "info";
  readonly code: AdviceCode;
  readonly params: Params;
  readonly suggested: { readonly variable: string; readonly value: Json } | null;
};

/** What is asked for, before it is a deployment or with other values than its own. */
export type Subject = Pick<
  Deployment,
  "name" | "environment" | "team" | "requester" | "simulated"
> & {
  /** Null: it does not exist yet. */
  readonly id: Deployment["id"] | null;
  readonly module: Module;
  readonly vars: Vars;
};

/** What a module's usual deployment costs a month, and the day that price is from; null: unknown. */
export type RegionPrices = (
  module: string,
  region: string,
) => { readonly usd: number; readonly date: string } | null;

/** Everything that advice looks at beside its subject. */
export type Surroundings = {
  readonly policy: Policy;
  readonly regions: readonly Region[];
  readonly catalogue: Pick<Catalogue, "module">;
  /** What exists, is being made or asked for, of everybody; who asks may not see all of it. */
  readonly neighbours: readonly Neighbour[];
  readonly prices: RegionPrices;
};

/** One rule: reads the subject among its surroundings; text of other people decides nothing. */
export type Rule = (subject: Subject, around: Surroundings) => readonly Advice[];

/** In the order in which people read them: where it is, what it clashes with, how it is made. */
const RULES: readonly Rule[] = [regionAdvice, rangeAdvice, nameAdvice, sizeAdvice, tagAdvice];

/** Deterministic: the same subject and surroundings give the same advice; one for each code. */
export function adviseOn(subject: Subject, around: Surroundings): readonly Advice[] {
  const { module, vars } = subject;
  const whole = { ...subject, vars: filled(module, subject, vars) };
  // What stands in the other kind of cloud is in nobody's way here.
  const neighbours = around.neighbours.filter((each) => each.simulated === subject.simulated);
  const found = RULES.flatMap((rule) => rule(whole, { ...around, neighbours }));
  return found.filter(({ code }, at) => found.findIndex((other) => other.code === code) === at);
}

export type AdviceParts = {
  readonly deployments: Pick<Deployments, "neighbours">;
  readonly catalogue: Pick<Catalogue, "module">;
  readonly policy: PolicySource;
  readonly regions: Regions;
  readonly prices: RegionPrices;
};

/** The advice on something, in what this person may know. */
export async function adviceFor(
  parts: AdviceParts,
  viewer: Viewer,
  subject: Subject,
): Promise<readonly Advice[]> {
  return adviseOn(subject, {
    policy: parts.policy.current(),
    regions: parts.regions.all(),
    catalogue: parts.catalogue,
    neighbours: await parts.deployments.neighbours(viewer),
    prices: parts.prices,
  });
}

/** A deployment as a subject: with the values of its open change, where there is one. */
export function subjectOf(deployment: Deployment, module: Module): Subject {
  const { id, name, environment, team, requester, simulated, change } = deployment;
  const vars = change?.vars ?? deployment.vars;
  return { id, name, environment, team, requester, simulated, module, vars };
}
