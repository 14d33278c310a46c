import type { Advice } from "#deployments/advice.ts";
import type { EndedChange, OpenChange, Plan, Vars, Vote } from "#deployments/change.ts";
import type { DriftCheck } from "#deployments/drift.ts";
import { statusOf, type Deployment } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";
import type { Run } from "#deployments/run.ts";
import { ADVICE } from "#text/advice.ts";
import { sayReason } from "#text/reasons.ts";
import { sayRisk } from "#text/risk-reasons.ts";
import { say, type Lang } from "#text/wording.ts";
import { driftView } from "./drift.ts";

/** What the view of a deployment needs besides it; `module` null: it has left the catalogue. */
export type Beside = {
  readonly module: Module | null;
  readonly runs: readonly Run[];
  /** The newest look at drift. */
  readonly check: DriftCheck | null;
  readonly advice: readonly Advice[];
  readonly lang: Lang;
};

/** One deployment as the API shows it; values of sensitive variables are left out. */
export function deploymentView(deployment: Deployment, beside: Beside) {
  return {
    ...deploymentLine(deployment, beside),
    ...planView(deployment, beside.lang),
    votes: votesOf(deployment).map(voteView),
    outputs: deployment.outputs,
    resources: deployment.resources,
    advice: beside.advice.map(({ level, code, params, suggested }) => ({
      level,
      code,
      suggested,
      text: say(ADVICE[code], beside.lang, params),
    })),
    drift: driftView(beside.check, beside.lang),
    cost: null,
    runs: beside.runs.map(runView),
  };
}

/** The same without plan, votes, results and runs: for lists. */
export function deploymentLine(deployment: Deployment, beside: Pick<Beside, "module" | "lang">) {
  const { change, lastChange, standing } = deployment;
  return {
    id: deployment.id,
    name: deployment.name,
    cloud: deployment.cloud,
    simulated: deployment.simulated,
    module: deployment.module,
    moduleCommit: deployment.pin?.commit ?? null,
    moduleVersion: deployment.pin?.version ?? null,
    environment: deployment.environment,
    team: deployment.team,
    requester: deployment.requester,
    vars: openVars(deployment.vars, beside.module),
    status: statusOf(deployment),
    standing: standing.is,
    ...(standing.is === "uncertain" ? { uncertain: standing.addresses } : {}),
    change: change === null ? null : changeView(change, beside.module),
    lastChange: lastChange === null ? null : lastChangeView(lastChange, beside.lang),
    createdAt: deployment.createdAt,
  };
}

/** Plan summary and risk of the change under way, else of the last one; null before any plan. */
export function planView(deployment: Deployment, lang: Lang) {
  const plan = planOf(deployment)?.plan ?? null;
  return plan === null
    ? { plan: null, risk: null }
    : { plan: { ...plan.summary, digest: plan.digest }, risk: riskView(plan, lang) };
}

/** The newest change that has a plan. */
export function planOf({ change, lastChange }: Deployment) {
  if (change !== null) {
    return "plan" in change ? { change: change.id, plan: change.plan } : null;
  }
  return lastChange === null || lastChange.plan === null
    ? null
    : { change: lastChange.id, plan: lastChange.plan };
}

export function runView(run: Run) {
  return {
    id: run.id,
    kind: run.kind,
    deployment: run.deployment,
    change: run.change,
    status: run.status,
    attempts: run.attempts,
    ahead: run.ahead,
    progress: run.progress,
    queuedAt: run.queuedAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

function changeView(change: OpenChange, module: Module | null) {
  return {
    id: change.id,
    kind: change.kind,
    state: change.state,
    requester: change.requester,
    vars: openVars(change.vars, module),
    openedAt: change.openedAt,
    ...(change.state === "awaiting_approval" ? { expiresAt: change.asking.expiresAt } : {}),
    ...("run" in change ? { run: change.run } : {}),
  };
}

function lastChangeView(change: EndedChange, lang: Lang) {
  return {
    id: change.id,
    kind: change.kind,
    outcome: change.outcome,
    // A rejection is told in the words of who rejected.
    reason: sayWhy(change, lang) ?? rejectionOf(change),
    at: change.endedAt,
    ...(change.run === null ? {} : { run: change.run }),
  };
}

/** Terraform's own redacted words first, where it said any, then ours, as on the card. */
function sayWhy({ reason: { code, params } }: EndedChange, lang: Lang): string | null {
  const lines = [params["error"], sayReason(code, params, lang)].filter(Boolean);
  return lines.length === 0 ? null : lines.join("\n");
}

function rejectionOf({ votes }: EndedChange): string | null {
  return votes.find(({ decision }) => decision === "reject")?.reason ?? null;
}

function riskView({ risk }: Plan, lang: Lang) {
  return {
    level: risk.level,
    reasons: risk.reasons.map(({ rule, address, params }) => ({
      rule,
      address,
      text: sayRisk({ rule, params }, lang),
    })),
  };
}

function votesOf({ change, lastChange }: Deployment): readonly Vote[] {
  if (change !== null) {
    return "votes" in change ? change.votes : [];
  }
  return lastChange?.votes ?? [];
}

function voteView({ voter, decision, reason, platform, at }: Vote) {
  return { voter, decision, reason, platform, at };
}

/** Without its module nobody knows which values are sensitive, so none is shown. */
function openVars(vars: Vars, module: Module | null): Vars {
  const isOpen = (name: string) =>
    module !== null && module.variables.find((known) => known.name === name)?.sensitive !== true;
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [name, isOpen(name) ? value : "[hidden]"]),
  );
}
