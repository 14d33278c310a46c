import type { Choice } from "./ports.ts";
import type { Lang } from "#text/wording.ts";

/** A tool as a model sees it. `input` is a JSON Schema (2020-12) whose root is an object. */
export type ToolDeclaration = {
  readonly name: string;
  readonly description: string;
  readonly input: Readonly<Record<string, unknown>>;
};

/** What a model wants done. `args` is untrusted until the tool's own schema has read it. */
export type ToolCall = { readonly id: string; readonly name: string; readonly args: unknown };

/** The answer to one call, with the call's own id and name. Always an object, as Gemini wants it. */
export type ToolResult = {
  readonly id: string;
  readonly name: string;
  readonly response: { readonly output: string } | { readonly error: string };
};

/** What a provider wants back verbatim with its own turn (thought signatures, pending questions). */
export type Opaque = { readonly provider: string; readonly data: unknown };

/** One entry of a conversation; all of it is JSON. */
export type Message =
  | { readonly from: "person"; readonly text: string }
  | {
      readonly from: "model";
      readonly text: string | null;
      readonly calls: readonly ToolCall[];
      readonly opaque: Opaque | null;
    }
  /** All results of one model turn together. */
  | { readonly from: "tools"; readonly results: readonly ToolResult[] };

export type ModelRequest = {
  readonly system: string;
  /** Ends with what is to be answered: a person's message or tool results. */
  readonly history: readonly Message[];
  /** The only tools it may call; empty: it must answer in words. */
  readonly tools: readonly ToolDeclaration[];
  readonly language: Lang;
  /** Fires when the turn's time is over. */
  readonly signal: AbortSignal;
};

/** Words, calls, or both; neither means that it has nothing to add. */
export type ModelAnswer = {
  readonly text: string | null;
  /** Answers to `text` that can be pressed; a model without buttons leaves it empty. */
  readonly choices: readonly Choice[];
  readonly calls: readonly ToolCall[];
  readonly opaque: Opaque | null;
};

/** Whoever turns words into calls: fixed rules now, Gemini behind the same port. Throws when it cannot answer. */
export interface Model {
  /** Who speaks: `offline-rules-1`, `gemini-3.8-flash`. */
  readonly name: string;
  readonly offline: boolean;
  answer(request: ModelRequest): Promise<ModelAnswer>;
}
