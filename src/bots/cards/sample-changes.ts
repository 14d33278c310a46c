import type { Card } from "#bots/card.ts";
import type { OpenChange, Plan, Vote } from "#deployments/change.ts";
import type { Tally } from "#deployments/tally.ts";
import type { Lang } from "#text/wording.ts";
import { approvalCard, type ApprovalView, type VotedChange } from "./approval.ts";
import { progressCard, type ProgressView } from "./progress.ts";
import { reminderCard, type ReminderView } from "./reminder.ts";
import { reportCard, type ReportView } from "./report.ts";
import * as facts from "./sample-facts.ts";

/** Every case of the cards of a change: how it runs, the vote on it, its end. */
export const CHANGE_SAMPLES: Readonly<Record<string, (lang: Lang) => Card>> = {
  "progress.plan-queued": (lang) =>
    progress(lang, { change: planning(), run: run("plan", "queued") }),
  "progress.plan-in-line": (lang) =>
    progress(lang, { change: planning(), run: { ...run("plan", "queued"), ahead: 2 } }),
  "progress.plan-far-back": (lang) =>
    progress(lang, { change: planning(), run: { ...run("plan", "queued"), ahead: 40 } }),
  "progress.planning": (lang) =>
    progress(lang, { change: planning(), run: run("plan", "running"), step: "plan" }),
  "progress.plan-ready": (lang) =>
    progress(lang, { change: waiting(facts.SMALL_PLAN, []), run: run("plan", "done") }),
  "progress.applying": (lang) =>
    progress(lang, {
      change: applying("create"),
      run: run("apply", "running"),
      step: "apply",
    }),
  "progress.destroying": (lang) =>
    progress(lang, { change: applying("destroy"), run: run("apply", "running") }),
  "progress.stopping": (lang) =>
    progress(lang, {
      change: applying("create"),
      run: { ...run("apply", "running"), cancelRequested: true },
    }),
  "progress.stopping-long": (lang) =>
    progress(lang, {
      change: { ...applying("create"), forceFrom: facts.at("10:00") },
      run: {
        ...run("apply", "running"),
        cancelRequested: true,
        progress: { done: 1, total: 6, current: 'terraform_data.service["web"]', inFlight: 4 },
      },
    }),
  "progress.silent": (lang) =>
    progress(lang, {
      change: { ...applying("create"), lostAt: facts.at("10:00") },
      run: run("apply", "running"),
    }),
  "progress.applied": (lang) =>
    progress(lang, { change: facts.ended({ outcome: "applied" }), run: run("apply", "done") }),
  "progress.failed": (lang) =>
    progress(lang, { change: facts.ended({ outcome: "failed" }), run: run("apply", "failed") }),
  "progress.cancelled": (lang) =>
    progress(lang, {
      change: { ...facts.ended({ outcome: "cancelled" }), plan: null },
      run: run("plan", "failed"),
    }),
  "progress.interrupted": (lang) =>
    progress(lang, { change: facts.ended({ outcome: "interrupted" }), run: run("apply", "lost") }),

  "approval.planned": (lang) => approval(lang, { change: planned() }),
  "approval.waiting": (lang) => approval(lang, { change: waiting(facts.SMALL_PLAN, []) }),
  "approval.risky": (lang) =>
    approval(lang, {
      change: waiting(facts.RISKY_PLAN, [facts.vote(facts.PEOPLE.lead, "approve", null)]),
      tally: facts.tally(1, { asking: facts.asking({ votes: 2, typedName: true }) }),
    }),
  "approval.moves": (lang) => approval(lang, { change: waiting(facts.MOVING_PLAN, []) }),
  "approval.held": (lang) =>
    approval(lang, {
      change: waiting(facts.SMALL_PLAN, [facts.vote(facts.PEOPLE.lead, "approve", null)]),
      tally: heldTally(),
    }),
  "reminder.reminder": (lang) => reminder(lang, { kind: "reminder" }),
  "reminder.escalation": (lang) => reminder(lang, { kind: "escalation" }),
  "reminder.over": (lang) => reminder(lang, { kind: "reminder", isOpen: false }),
  "approval.big": (lang) => approval(lang, { change: waiting(facts.bigPlan(), []) }),
  "approval.approved": (lang) => approval(lang, { change: approved() }),
  "approval.applied": (lang) =>
    approval(lang, { change: facts.ended({ outcome: "applied", votes: approvals() }) }),
  "approval.rejected": (lang) => approval(lang, { change: rejected() }),
  "approval.expired": (lang) => approval(lang, { change: facts.ended({ outcome: "expired" }) }),
  "approval.cancelled": (lang) => approval(lang, { change: facts.ended({ outcome: "cancelled" }) }),
  "approval.superseded": (lang) => approval(lang, { change: facts.superseded(approvals()) }),

  "report.applied": (lang) =>
    report(lang, {
      deployment: facts.deployment(facts.LIVE),
      change: facts.ended({ outcome: "applied", votes: approvals() }),
    }),
  "report.destroyed": (lang) =>
    report(lang, {
      deployment: facts.deployment({ standing: { is: "destroyed" } }),
      change: facts.ended({ outcome: "applied", kind: "destroy", votes: approvals() }),
    }),
  "report.failed": (lang) => report(lang, failedReport()),
  "report.plan-failed": (lang) => report(lang, { change: planFailed() }),
  "report.interrupted": (lang) => report(lang, interruptedReport()),
  "report.unchanged": (lang) =>
    report(lang, {
      deployment: facts.deployment(facts.LIVE),
      change: facts.ended({ outcome: "unchanged", kind: "update" }),
    }),
  "report.rejected": (lang) => report(lang, { change: rejected() }),
  "report.expired": (lang) => report(lang, { change: facts.ended({ outcome: "expired" }) }),
  "report.cancelled": (lang) =>
    report(lang, {
      change: facts.ended({
        outcome: "cancelled",
        reason: { code: "cancelled", params: { by: "ops" } },
      }),
    }),
  "report.superseded": (lang) => report(lang, { change: facts.ended({ outcome: "superseded" }) }),
};

function progress(lang: Lang, over: Pick<ProgressView, "change" | "run"> & Partial<ProgressView>) {
  return progressCard({
    setting: facts.setting(lang),
    deployment: facts.deployment(),
    step: null,
    now: facts.at("10:01"),
    ...over,
  });
}

function approval(lang: Lang, over: Pick<ApprovalView, "change"> & Partial<ApprovalView>): Card {
  return approvalCard({
    setting: facts.setting(lang),
    deployment: facts.deployment(),
    tally: over.change.state === "planned" ? null : facts.tally(approvalsOf(over.change)),
    ...over,
  });
}

function approvalsOf(change: VotedChange): number {
  const votes = change.state === "planned" ? [] : change.votes;
  return votes.filter(({ decision }) => decision === "approve").length;
}

/** One vote was lost, a group is missing, and a freeze began meanwhile. */
function heldTally(): Tally {
  const demand = { votes: 2, groups: ["approvers"], escalate: "security" };
  const asking: Tally["asking"] = {
    ...facts.asking({ ...demand, votesOf: { approvers: 1 } }),
    remindedAt: facts.at("16:00"),
    escalatedAt: facts.at("19:36"),
    back: { code: "votes-lost", params: { name: "shop-dev" } },
  };
  return facts.tally(0, {
    asking,
    groups: "approvers, security",
    missing: [{ group: "approvers", votes: 1 }],
    lost: [facts.PEOPLE.lead],
    closed: {
      why: "freeze",
      reason: "year-end closing",
      opens: new Date("2027-01-02T00:00:00Z"),
      zone: "Asia/Seoul",
    },
  });
}

function reminder(lang: Lang, over: Pick<ReminderView, "kind"> & Partial<ReminderView>): Card {
  return reminderCard({
    setting: facts.setting(lang),
    deployment: facts.deployment(),
    tally: facts.tally(0, { asking: facts.asking({ escalate: "security" }) }),
    isOpen: true,
    ...over,
  });
}

function report(lang: Lang, over: Pick<ReportView, "change"> & Partial<ReportView>): Card {
  return reportCard({ setting: facts.setting(lang), deployment: facts.deployment(), ...over });
}

function run(kind: "plan" | "apply", status: ProgressView["run"]["status"]): ProgressView["run"] {
  const isOver = status !== "queued" && status !== "running";
  return {
    id: facts.RUN,
    kind,
    status,
    worker: isOver ? null : "wrk-3f9a17c2",
    cancelRequested: false,
    ahead: null,
    progress:
      kind === "apply"
        ? { done: 1, total: 2, current: 'terraform_data.service["web"]', inFlight: 0 }
        : { done: 0, total: 0, current: null, inFlight: 0 },
    process: isOver ? null : facts.PROCESS,
    startedAt: status === "queued" ? null : facts.at("10:00"),
    endedAt: isOver ? facts.at("10:01") : null,
  };
}

function planning(): OpenChange {
  return { ...facts.changeFacts("create"), state: "planning", run: facts.RUN };
}

function planned(): VotedChange {
  return { ...facts.changeFacts("create"), state: "planned", plan: facts.SMALL_PLAN };
}

function waiting(plan: Plan, votes: readonly Vote[]): VotedChange {
  return {
    ...facts.changeFacts("create"),
    state: "awaiting_approval",
    plan,
    votes,
    asking: facts.asking(),
  };
}

function approvals(): Vote[] {
  return [facts.vote(facts.PEOPLE.lead, "approve", null)];
}

function approved(): VotedChange {
  return {
    ...facts.changeFacts("create"),
    state: "approved",
    plan: facts.SMALL_PLAN,
    votes: approvals(),
    asking: facts.asking(),
    run: facts.RUN,
  };
}

function applying(kind: "create" | "destroy"): Extract<OpenChange, { readonly state: "applying" }> {
  return {
    ...facts.changeFacts(kind),
    state: "applying",
    plan: facts.SMALL_PLAN,
    votes: approvals(),
    asking: facts.asking(),
    run: facts.RUN,
    startedAt: facts.at("10:00"),
    forceFrom: null,
    lostAt: null,
  };
}

function rejected() {
  const reason = "three replicas are too many for dev";
  return facts.ended({
    outcome: "rejected",
    votes: [facts.vote(facts.PEOPLE.lead, "reject", reason)],
    reason: { code: "rejected", params: { voter: "lead", reason } },
  });
}

function failedReport() {
  const error =
    'Error: local-exec provisioner error\n\n  with terraform_data.service["web"],\n  exit status 1';
  return {
    deployment: facts.deployment({
      ...facts.LIVE,
      outputs: [],
      resources: (facts.LIVE.resources ?? []).slice(0, 1),
      standing: { is: "partial", after: "failed" },
    }),
    change: facts.ended({
      outcome: "failed",
      votes: approvals(),
      reason: { code: "failed", params: { error } },
    }),
  };
}

function planFailed() {
  const error = "Error: Invalid value for variable: replicas must be 1 to 10.";
  const reason = { code: "plan-failed", params: { error } };
  return { ...facts.ended({ outcome: "failed", reason }), plan: null };
}

function interruptedReport() {
  const address = (name: string) => `terraform_data.service["${name}"]`;
  return {
    deployment: facts.deployment({
      resources: (facts.LIVE.resources ?? []).slice(0, 1),
      standing: {
        is: "uncertain",
        intent: "apply",
        addresses: [
          { address: address("web"), found: "created", id: "b1d5a0ce-0d7f-4b58-8a2f-53dd7b0f7a02" },
          { address: address("api"), found: "started", id: null },
          { address: address("job"), found: "half", id: null },
        ],
      },
    }),
    change: facts.ended({ outcome: "interrupted", votes: approvals() }),
  };
}
