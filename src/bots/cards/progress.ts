import type { Block, Card } from "#bots/card.ts";
import type { EndedChange, OpenChange } from "#deployments/change.ts";
import type { Run } from "#deployments/run.ts";
import { PROGRESS, PROGRESS_TITLES, stepWords } from "#text/progress-card.ts";
import * as parts from "./parts.ts";
import type { Named, Setting } from "./parts.ts";

export type ProgressView = {
  readonly setting: Setting;
  readonly deployment: Named;
  readonly change: OpenChange | EndedChange;
  readonly run: Pick<
    Run,
    "kind" | "status" | "progress" | "cancelRequested" | "ahead" | "startedAt" | "endedAt"
  >;
  /** Name of the runner's step under way; null before the first. */
  readonly step: string | null;
  readonly now: Date;
};

/** One run under way, edited in place until it ends; then it points to the plan or the report. */
export function progressCard(view: ProgressView): Card {
  const { setting, deployment } = view;
  const stage = stageOf(view);
  const title = parts.sayIn(setting, PROGRESS_TITLES[stage], { name: deployment.name });
  const words = PROGRESS[WORDS[stage]][setting.lang];
  return parts.card(setting, {
    title,
    tone: TONES[stage],
    body: [
      parts.text(words),
      ...movement(view, stage),
      parts.identity(setting, deployment, view.change.requester),
    ],
    actions: [
      ...(CANCELLABLE.has(stage) ? [parts.cancelButton(setting, deployment)] : []),
      parts.pageButton(setting, deployment),
    ],
    fallback: `${title}. ${words}`,
  });
}

type Stage = keyof typeof PROGRESS_TITLES;

function stageOf(view: ProgressView): Stage {
  const { change, run } = view;
  if (change.state === "ended") {
    return endOf(change, run.kind);
  }
  if (run.cancelRequested) {
    return "stopping";
  }
  switch (change.state) {
    case "planning":
      return run.status === "queued" ? "planQueued" : "planning";
    case "planned":
    case "awaiting_approval":
      return "planReady";
    case "approved":
      return run.kind === "plan" ? "planReady" : "applyQueued";
    case "applying":
      return applyStage(change, run.kind);
  }
}

function applyStage(change: OpenChange, kind: Run["kind"]): Stage {
  if (kind === "plan") {
    return "planReady";
  }
  return change.kind === "destroy" ? "destroying" : "applying";
}

/** A plan run that brought a plan is ready, however its change ended later. */
function endOf(change: EndedChange, kind: Run["kind"]): Stage {
  if (kind === "plan" && change.plan !== null && change.outcome !== "unchanged") {
    return "planReady";
  }
  return change.outcome === "applied" && change.kind === "destroy" ? "destroyed" : change.outcome;
}

const CANCELLABLE: ReadonlySet<Stage> = new Set([
  "planQueued",
  "planning",
  "applyQueued",
  "applying",
  "destroying",
]);

const WORDS = {
  planQueued: "queued",
  planning: "planning",
  planReady: "planReady",
  applyQueued: "queued",
  applying: "applying",
  destroying: "applying",
  stopping: "stopping",
  applied: "ended",
  destroyed: "ended",
  unchanged: "ended",
  rejected: "ended",
  expired: "ended",
  cancelled: "ended",
  failed: "ended",
  interrupted: "ended",
  superseded: "ended",
} as const satisfies Record<Stage, keyof typeof PROGRESS>;

const TONES = {
  planQueued: "neutral",
  planning: "neutral",
  planReady: "good",
  applyQueued: "neutral",
  applying: "neutral",
  destroying: "attention",
  stopping: "attention",
  applied: "good",
  destroyed: "good",
  unchanged: "good",
  rejected: "neutral",
  expired: "neutral",
  cancelled: "neutral",
  failed: "danger",
  interrupted: "danger",
  superseded: "neutral",
} as const satisfies Record<Stage, Card["tone"]>;

function movement(view: ProgressView, stage: Stage): Block[] {
  const { lang } = view.setting;
  const facts = CANCELLABLE.has(stage) || stage === "stopping" ? underWay(view) : [];
  const took = tookOf(view);
  const all = took === null ? facts : [...facts, [PROGRESS.took[lang], took] as const];
  return all.length === 0 ? [] : [{ kind: "facts", facts: all }];
}

type Fact = readonly [string, string];

function underWay({ setting, run, step, now }: ProgressView): Fact[] {
  const { lang } = setting;
  const { done, total, current } = run.progress;
  const doneOf = parts.sayIn(setting, PROGRESS.doneOf, { done, total });
  const elapsed = run.startedAt === null ? null : now.getTime() - run.startedAt.getTime();
  return [
    ...fact(PROGRESS.line[lang], lineWords(setting, run.ahead)),
    ...fact(PROGRESS.step[lang], step === null ? null : stepWords(step, lang)),
    ...fact(PROGRESS.done[lang], total === 0 ? null : doneOf),
    ...fact(PROGRESS.current[lang], current),
    ...fact(PROGRESS.elapsed[lang], elapsed === null ? null : parts.duration(elapsed, lang)),
  ];
}

/** How many others come first; a long line is told in tens. */
function lineWords(setting: Setting, ahead: number | null): string | null {
  if (ahead === null) {
    return null;
  }
  if (ahead === 0) {
    return PROGRESS.next[setting.lang];
  }
  return parts.sayIn(setting, ahead < 10 ? PROGRESS.ahead : PROGRESS.aheadAbout, { ahead });
}

function fact(label: string, value: string | null): Fact[] {
  return value === null ? [] : [[label, value]];
}

function tookOf({ setting, run }: ProgressView): string | null {
  if (run.startedAt === null || run.endedAt === null) {
    return null;
  }
  return parts.duration(run.endedAt.getTime() - run.startedAt.getTime(), setting.lang);
}
