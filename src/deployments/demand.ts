import type { Demand } from "./asking.ts";
import type { ChangeKind, Plan, Vars } from "./change.ts";
import type { Deployment } from "./deployment.ts";
import { fingerprint } from "./fingerprint.ts";
import { removes } from "./opening.ts";
import { closedAt, type Closed } from "./opening-hours.ts";
import type { Rule, Terms, When } from "./policy-rules.ts";
import type { Policy } from "./policy.ts";
import type { Module } from "./ports.ts";
import { RiskLevel } from "./risk.ts";
import { holds } from "./when.ts";

/** What rules ask about a change. */
export type Subject = Pick<Deployment, "environment" | "cloud" | "module" | "team"> & {
  readonly kind: ChangeKind;
  /** Applying it removes what exists: a destroy, or the recovery of one. */
  readonly removes: boolean;
  readonly risk: RiskLevel;
  /** The plan deletes or replaces something. */
  readonly deletes: boolean;
  /** Votes that the module itself asks for at least. */
  readonly floor: number;
};

type Planned = { readonly kind: ChangeKind; readonly vars: Vars; readonly plan: Plan };

export function subjectOf(
  deployment: Deployment,
  { kind, vars, plan }: Planned,
  module: Pick<Module, "facts" | "variables"> | null,
): Subject {
  const { environment, cloud, team } = deployment;
  const { replace, destroy } = plan.summary;
  const gone = removes(deployment, kind);
  const about = { environment, vars, removes: gone, replaces: replace > 0 };
  return {
    environment,
    cloud,
    module: deployment.module,
    team,
    kind,
    removes: gone,
    risk: plan.risk.level,
    deletes: replace + destroy > 0,
    floor: module === null ? 1 : floorOf(module, about),
  };
}

/** What the policy of this moment asks of people for this change. */
export function demandOf(policy: Policy, subject: Subject): Demand {
  const isRisky = subject.removes || subject.risk === "critical";
  return demandBy(policy, termsFor(policy, subject), {
    isRisky,
    isShielded: isRisky || subject.environment === "prod",
    floor: policy.approval.modules === "honoured" ? subject.floor : 1,
  });
}

type Named = { readonly name: string; readonly terms: Terms };
type Beside = {
  readonly isRisky: boolean;
  /** The requester's own vote never counts. */
  readonly isShielded: boolean;
  readonly floor: number;
};
const PLAIN: Beside = { isRisky: false, isShielded: false, floor: 1 };

/** What a rule asks of people by itself, for a change that asks for nothing more. */
export function demandBy(policy: Policy, { name, terms }: Named, beside = PLAIN): Demand {
  const { isRisky, isShielded, floor } = beside;
  const demand = {
    rule: name,
    groups: terms.groups ?? groupsOfApprovers(policy),
    votes: Math.max(terms.votes, floor, ...Object.values(terms.votesOf)),
    votesOf: terms.votesOf,
    typedName: terms.stepUp === "always" || (terms.stepUp === "risky" && isRisky),
    requesterCounts: terms.requester === "counts" && !isShielded,
    hours: terms.expiresAfterHours,
    escalate: terms.escalate ?? null,
  };
  return { ...demand, hash: fingerprint({ demand, windows: terms.windows ?? [] }) };
}

/** Every rule, and what is asked where none fits. */
export function rulesOf(policy: Policy): readonly Named[] {
  return [...policy.rules.map((rule) => termsOf(policy, rule)), otherwise(policy)];
}

/** Null while people may approve this change and its apply may start. */
export function closedFor(policy: Policy, subject: Subject, now: Date): Closed | null {
  const { terms } = termsFor(policy, subject);
  const freezes = policy.freezes.filter(({ when }) => fits(when, subject));
  return closedAt(now, { freezes, windows: terms.windows });
}

/** The first rule that fits, over what the policy asks for everywhere else. */
function termsFor(policy: Policy, subject: Subject): Named {
  const rule = policy.rules.find(({ when }) => fits(when, subject));
  return rule === undefined ? otherwise(policy) : termsOf(policy, rule);
}

function otherwise({ approval }: Policy): Named {
  return { name: "default", terms: approval };
}

function termsOf(policy: Policy, { name, when: _when, ...own }: Rule): Named {
  const said = Object.entries(own).filter(([, value]) => value !== undefined);
  return { name, terms: { ...policy.approval, ...Object.fromEntries(said) } };
}

function fits(when: When, subject: Subject): boolean {
  return (
    isIn(when.environment, subject.environment) &&
    isIn(when.cloud, subject.cloud) &&
    isIn(when.team, subject.team) &&
    (when.module === undefined || when.module.some((like) => isLike(like, subject.module))) &&
    isOfKind(when, subject) &&
    (when.risk === undefined || rank(subject.risk) >= rank(when.risk)) &&
    (when.deletes === undefined || when.deletes === subject.deletes)
  );
}

function isIn<T>(wanted: readonly T[] | undefined, found: T | null): boolean {
  return wanted === undefined || (found !== null && wanted.includes(found));
}

function isLike(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
}

function isOfKind({ kind }: When, subject: Subject): boolean {
  return isIn(kind, subject.kind) || (subject.removes && isIn(kind, "destroy"));
}

function rank(level: RiskLevel): number {
  return RiskLevel.options.indexOf(level);
}

/** Nobody is named: whoever has the role approver, or admin, which is more. */
function groupsOfApprovers({ groups }: Policy): string[] {
  return Object.entries(groups)
    .filter(([, { roles }]) => roles.includes("approver") || roles.includes("admin"))
    .map(([name]) => name);
}

type About = {
  readonly environment: Deployment["environment"];
  readonly vars: Vars;
  readonly removes: boolean;
  readonly replaces: boolean;
};

/** What is not known (a cost) makes no condition true. */
function floorOf({ facts, variables }: Pick<Module, "facts" | "variables">, about: About): number {
  const { minApprovers, secondApproverWhen } = facts.approval;
  const usual = Object.fromEntries(variables.map(({ name, default: value }) => [name, value]));
  const values = { environment: about.environment, ...usual, ...about.vars };
  const asksForSecond = secondApproverWhen.some((each) => {
    if (each === "destroy") {
      return about.removes;
    }
    return each === "replace" ? about.replaces : holds(each, values);
  });
  return Math.max(minApprovers, asksForSecond ? 2 : 1);
}
