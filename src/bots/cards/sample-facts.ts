import type { Asking } from "#deployments/asking.ts";
import type { Tally } from "#deployments/tally.ts";
import type { ChangeFacts, EndedChange, Outcome, Plan, Vote } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { ChangeId, DeploymentId, Digest, PersonId, RunId } from "#deployments/ids.ts";
import type { PlannedResource, PlanSummary } from "#deployments/plan-summary.ts";
import type { Risk } from "#deployments/risk.ts";
import type { Lang, Params } from "#text/wording.ts";
import type { Setting } from "./parts.ts";

/** Made-up people, plans and deployments that the sample cards show. */

export function setting(lang: Lang): Setting {
  return {
    lang,
    simulated: true,
    offline: false,
    names: { dev: "Dev", lead: "Lead", ops: "Ops", student: "Student" },
  };
}

export const PEOPLE = {
  dev: PersonId.parse("dev"),
  lead: PersonId.parse("lead"),
  ops: PersonId.parse("ops"),
};

export const RUN = RunId.parse("run-aaaaaaaaaa");
export const PROCESS = { pid: 4711, startTime: "1", bootId: "b", host: "build-7" };
const CHANGE = ChangeId.parse("chg-aaaaaaaaaa");
const DIGEST = Digest.parse("3f9a17c20b55".padEnd(64, "0"));

export function at(time: string): Date {
  return new Date(`2026-11-21T${time}:00Z`);
}

export function changeFacts(kind: ChangeFacts["kind"]): ChangeFacts {
  return {
    id: CHANGE,
    kind,
    vars: { owner: "web" },
    requester: PEOPLE.dev,
    tokenOwner: null,
    askedIn: "chat",
    lang: "en",
    openedAt: at("09:58"),
    requestKey: null,
  };
}

export function planOf(resources: readonly PlannedResource[], risk: Risk): Plan {
  const count = (action: PlannedResource["action"]) =>
    resources.filter((resource) => resource.action === action).length;
  const summary: PlanSummary = {
    add: count("create"),
    change: count("update"),
    destroy: count("delete"),
    replace: count("replace"),
    resources: [...resources],
    outputs: ["endpoints", "manifest"],
    digest: DIGEST,
    terraformVersion: "1.14.0",
    moduleCommit: "tree-5d1c",
    moduleVersion: "1.2.0",
    movesFrom: null,
  };
  return { digest: DIGEST, summary, risk, module: null, stateSerial: 3, madeAt: at("10:00") };
}

export const SMALL_PLAN = planOf(
  [
    { address: "terraform_data.environment", type: "terraform_data", action: "create" },
    { address: 'terraform_data.service["web"]', type: "terraform_data", action: "create" },
  ],
  { level: "low", reasons: [] },
);

/** The module's repository went on since the last apply. */
export const MOVING_PLAN: Plan = {
  ...SMALL_PLAN,
  summary: {
    ...SMALL_PLAN.summary,
    moduleCommit: "5d6e7f80a1b2".padEnd(40, "0"),
    movesFrom: "1a2b3c4d5e6f".padEnd(40, "0"),
  },
};

export const RISKY_PLAN = planOf(
  [
    {
      address: "aws_db_instance.main",
      type: "aws_db_instance",
      action: "replace",
      reason: "replace_because_cannot_update",
    },
    { address: "aws_s3_bucket.logs", type: "aws_s3_bucket", action: "delete" },
    { address: "aws_security_group_rule.web", type: "aws_security_group_rule", action: "update" },
    { address: "aws_iam_role.runner", type: "aws_iam_role", action: "create" },
  ],
  {
    level: "critical",
    reasons: [
      { rule: "replace", address: "aws_db_instance.main", params: {} },
      { rule: "delete", address: "aws_s3_bucket.logs", params: {} },
      {
        rule: "public-cidr",
        address: "aws_security_group_rule.web",
        params: { cidr: "0.0.0.0/0" },
      },
      { rule: "iam", address: "aws_iam_role.runner", params: {} },
      { rule: "prod", address: "aws_db_instance.main", params: {} },
    ],
  },
);

/** 500 resources, 60 of them deleted. */
export function bigPlan(): Plan {
  const resources = Array.from({ length: 500 }, (_, index): PlannedResource => {
    const type = index < 60 ? "aws_subnet" : "aws_route";
    const action = index < 60 ? "delete" : "create";
    return { address: `module.net.${type}.each[${index}]`, type, action };
  });
  const reasons = resources
    .slice(0, 60)
    .map(({ address }) => ({ rule: "delete" as const, address, params: {} }));
  return planOf(resources, { level: "high", reasons });
}

export function vote(voter: PersonId, decision: Vote["decision"], reason: string | null): Vote {
  return {
    voter,
    decision,
    digest: DIGEST,
    varsHash: DIGEST,
    moduleCommit: "tree-0",
    policyVersion: DIGEST,
    ruleHash: DIGEST,
    reason,
    platform: "console",
    shown: null,
    at: at("10:05"),
    expiresAt: at("22:00"),
  };
}

export function asking(over: Partial<Asking["demand"]> = {}): Asking {
  const demand = {
    rule: "default",
    hash: DIGEST,
    groups: ["approvers"],
    votes: 1,
    votesOf: {},
    typedName: false,
    requesterCounts: false,
    hours: 12,
    escalate: null,
    ...over,
  };
  return {
    demand,
    askedAt: at("10:00"),
    expiresAt: at("22:00"),
    remindedAt: null,
    escalatedAt: null,
    back: null,
  };
}

/** How a vote stands of which so many are in. */
export function tally(got: number, over: Partial<Tally> = {}): Tally {
  const question = over.asking ?? asking();
  return {
    asking: question,
    groups: question.demand.groups.join(", "),
    people: "Lead, Ops",
    got,
    needed: question.demand.votes,
    missing: [],
    lost: [],
    short: null,
    closed: null,
    ...over,
  };
}

type End = {
  readonly outcome: Outcome;
  readonly kind?: ChangeFacts["kind"];
  readonly plan?: Plan;
  readonly votes?: readonly Vote[];
  readonly reason?: { readonly code: string; readonly params: Params };
};

export function ended(end: End): EndedChange & { plan: Plan } {
  return {
    ...changeFacts(end.kind ?? "create"),
    state: "ended",
    outcome: end.outcome,
    reason: end.reason ?? { code: end.outcome, params: {} },
    plan: end.plan ?? SMALL_PLAN,
    votes: end.votes ?? [],
    asking: asking(),
    run: RUN,
    endedAt: at("10:08"),
  };
}

/** Because its rule had changed. */
export function superseded(votes: readonly Vote[]): EndedChange & { plan: Plan } {
  const params = { name: "shop-dev", next: "chg-bbbbbbbbbb" };
  return ended({ outcome: "superseded", votes, reason: { code: "rules-changed", params } });
}

export function deployment(over: Partial<Deployment> = {}): Deployment {
  return {
    id: DeploymentId.parse("dep-aaaaaaaaaa"),
    name: "shop-dev",
    cloud: "local",
    module: "local_app_env",
    environment: "dev",
    team: "dev-team",
    requester: PEOPLE.dev,
    lang: "en",
    vars: { owner: "web" },
    standing: { is: "nothing" },
    pin: null,
    change: null,
    lastChange: null,
    outputs: [],
    resources: [],
    places: [],
    simulated: true,
    stateBackend: { is: "http" },
    createdAt: at("09:57"),
    revision: 4,
    ...over,
  };
}

export const LIVE: Partial<Deployment> = {
  standing: { is: "live" },
  outputs: [
    { name: "endpoints", value: '{"web":"http://web.shop-dev.local:8080"}', sensitive: false },
    { name: "token", value: "", sensitive: true },
  ],
  resources: [
    {
      address: "terraform_data.environment",
      type: "terraform_data",
      id: "7c0f6f1a-6c0e-4a55-9d3e-1f6f2f9b8c11",
    },
    {
      address: 'terraform_data.service["web"]',
      type: "terraform_data",
      id: "b1d5a0ce-0d7f-4b58-8a2f-53dd7b0f7a02",
    },
  ],
};
