import type { Action, Block, Card } from "#bots/card.ts";
import type { EndedChange, OpenChange } from "#deployments/change.ts";
import type { Run } from "#deployments/run.ts";
import { BUTTONS } from "#text/cards.ts";
import { PROGRESS, PROGRESS_TITLES, stepWords } from "#text/progress-card.ts";
import type { Wording } from "#text/wording.ts";
import * as parts from "./parts.ts";
import type { Named, Setting } from "./parts.ts";

export type ProgressView = {
  readonly setting: Setting;
  readonly deployment: Named;
  readonly change: OpenChange | EndedChange;
  readonly run: Pick<
    Run,
    | "id"
    | "kind"
    | "status"
    | "progress"
    | "cancelRequested"
    | "ahead"
    | "worker"
    | "process"
    | "startedAt"
    | "endedAt"
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
  const words = wordsOf(view, stage);
  return parts.card(setting, {
    title,
    tone: TONES[stage],
    body: [
      parts.text(words),
      ...movement(view, stage),
      parts.identity(setting, deployment, view.change.requester),
    ],
    actions: [...actionsOf(view, stage), parts.pageButton(setting, deployment)],
    fallback: `${title}. ${words}`,
  });
}

type Stage = keyof typeof PROGRESS_TITLES;

function wordsOf({ setting, run, change }: ProgressView, stage: Stage): string {
  const since = "lostAt" in change && change.lostAt !== null ? change.lostAt : null;
  if (since !== null) {
    const at = parts.moment(since, setting.lang);
    const host = run.process?.host ?? PROGRESS.hostUnknown[setting.lang];
    const worker = run.worker ?? "";
    return parts.sayIn(setting, PROGRESS.silent, { at, run: run.id, worker, host });
  }
  const { inFlight } = run.progress;
  return stage === "stopping" && inFlight > 0
    ? parts.sayIn(setting, PROGRESS.stoppingCount, { n: inFlight })
    : PROGRESS[WORDS[stage]][setting.lang];
}

function actionsOf({ setting, deployment, change, now }: ProgressView, stage: Stage): Action[] {
  const ask = (label: Wording) => ({
    style: "danger" as const,
    input: {
      id: "confirmName",
      label: parts.sayIn(setting, label, { name: deployment.name }),
      required: true,
    },
  });
  if (stage === "silent") {
    const value = { do: "takeOver", deployment: deployment.id } as const;
    return [parts.button(BUTTONS.takeOver[setting.lang], value, ask(BUTTONS.takeOverName))];
  }
  if ("forceFrom" in change && change.forceFrom !== null && change.forceFrom <= now) {
    const value = { do: "forceStop", deployment: deployment.id } as const;
    return [parts.button(BUTTONS.forceStop[setting.lang], value, ask(BUTTONS.forceName))];
  }
  return CANCELLABLE.has(stage) ? [parts.cancelButton(setting, deployment)] : [];
}

function stageOf({ change, run }: ProgressView): Stage {
  if (change.state === "ended") {
    return endOf(change, run.kind);
  }
  if (change.state === "applying" && run.kind === "apply") {
    return applyStage(change, run);
  }
  return run.cancelRequested ? "stopping" : waitStage(change, run);
}

type Applying = Extract<OpenChange, { readonly state: "applying" }>;

function applyStage(change: Applying, run: ProgressView["run"]): Stage {
  if (change.lostAt !== null) {
    return "silent";
  }
  const going = change.kind === "destroy" ? "destroying" : "applying";
  return run.cancelRequested ? "stopping" : going;
}

function waitStage(change: OpenChange, run: ProgressView["run"]): Stage {
  switch (change.state) {
    case "planning":
      return run.status === "queued" ? "planQueued" : "planning";
    case "planned":
    case "awaiting_approval":
    case "applying":
      return "planReady";
    case "approved":
      return run.kind === "plan" ? "planReady" : "applyQueued";
  }
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
  silent: "silent",
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
  silent: "danger",
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
