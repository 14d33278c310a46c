import type { Viewer } from "#deployments/viewer.ts";
import type { Curriculum } from "#curriculum/service.ts";
import type { Place } from "#deployments/deployment.ts";
import type { Lang } from "#text/wording.ts";
import type { Refusal, VariableProblem } from "#text/refusal.ts";
import type { Vars } from "#deployments/change.ts";
import type { Advice } from "#deployments/advice.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";
import type { RunEvent } from "#deployments/run.ts";

/** Who talks, where, and in which language; what every tool call gets. */
export type Speaker = {
  readonly viewer: Viewer;
  readonly lang: Lang;
  readonly place: Place;
  /** Of the inbox row; with the call's number it makes effects happen once. */
  readonly requestKey: string;
};

/** An answer that can be pressed: what the button says, and what the press says for the person. */
export type Choice = { readonly label: string; readonly say: string };

/** What somebody said of a new deployment, before it is a request. */
export type Wished = {
  readonly name?: string;
  readonly environment?: string;
  readonly team?: string;
  readonly vars: Vars;
};

/** What a tool wants people to see; doors draw it as a card. */
export type Shown =
  | { readonly show: "help" }
  | { readonly show: "about" }
  | { readonly show: "modules"; readonly modules: readonly Module[] }
  /** A form to fill in: what was said already stands in it, with what is wrong about it. */
  | {
      readonly show: "form";
      readonly module: Module;
      readonly given: Wished;
      readonly problems: readonly VariableProblem[];
    }
  | { readonly show: "status"; readonly deployments: readonly Deployment[] }
  | { readonly show: "deployment"; readonly deployment: Deployment }
  | {
      readonly show: "advice";
      readonly deployment: Deployment;
      readonly advice: readonly Advice[];
    }
  | { readonly show: "logs"; readonly deployment: Deployment; readonly events: readonly RunEvent[] }
  | { readonly show: "lessons"; readonly query: string }
  | { readonly show: "lesson"; readonly lesson: string; readonly step: number }
  | { readonly show: "learning" }
  | { readonly show: "refusal"; readonly refusal: Refusal }
  | {
      readonly show: "ask";
      readonly question: string;
      readonly choices: readonly Choice[];
    }
  | { readonly show: "say"; readonly text: string }
  /** The change's own progress card answers; nothing more to show. */
  | { readonly show: "nothing" };

/** What a turn of the agent says, in order. `model` names who spoke (`offline-rules-1`). */
export type Reply = {
  readonly shown: readonly Shown[];
  readonly model: string;
  readonly offline: boolean;
};

export interface Agent {
  /** One person's message in one thread; at most 8 tool calls. */
  turn(speaker: Speaker, text: string): Promise<Reply>;
  /** A chat command (`/cloud …`, `/learn …`) or a press that is one: no model involved. */
  run(speaker: Speaker, tool: string, input: unknown): Promise<Reply>;
}

/** What the agent needs of the curriculum. */
export type Lessons = Pick<Curriculum, "syllabus" | "search" | "progress">;
