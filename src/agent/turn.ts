import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Message, ToolCall, ToolResult } from "./model.ts";
import type { Shown, Speaker } from "./ports.ts";
import { wordRefusal, wrapResult } from "./prompt.ts";
import type { Registry } from "./tools/registry.ts";
import type { ToolOutcome } from "./tools/tool.ts";

/** More calls than this no turn of a person needs. */
export const MAX_CALLS = 8;

/** One turn so far. */
export type Turn = {
  readonly speaker: Speaker;
  readonly nonce: string;
  readonly messages: readonly Message[];
  readonly shown: readonly Shown[];
  /** The last refusal that was not shown. */
  readonly refused: Refusal | null;
  /** Name and arguments of each call, and `done` or the code of its refusal. */
  readonly called: readonly { readonly call: string; readonly end: string }[];
};

/** Runs the calls of one answer in their order and puts all results into one message. */
export async function callTools(
  registry: Registry,
  turn: Turn,
  calls: readonly ToolCall[],
): Promise<Turn> {
  let after = turn;
  const results: ToolResult[] = [];
  for (const call of calls) {
    const outcome = await callOne(registry, after, call);
    results.push({ id: call.id, name: call.name, response: responseOf(outcome, turn.nonce) });
    after = noted(after, call, outcome);
  }
  return { ...after, messages: [...after.messages, { from: "tools", results }] };
}

async function callOne(
  registry: Registry,
  { speaker, called }: Turn,
  call: ToolCall,
): Promise<ToolOutcome | Refusal> {
  if (called.length >= MAX_CALLS) {
    return refusal("too-many-calls", { limit: MAX_CALLS });
  }
  if (called.some((earlier) => earlier.call === keyOf(call))) {
    return refusal("repeated-call", { tool: call.name.slice(0, 64) });
  }
  // The number makes two effects of one turn two, and the same call of a redelivered message one.
  const requestKey = `${speaker.requestKey}:${called.length + 1}`;
  return registry.call({ ...speaker, requestKey }, call.name, call.args);
}

function responseOf(outcome: ToolOutcome | Refusal, nonce: string): ToolResult["response"] {
  return isRefusal(outcome)
    ? { error: wordRefusal(outcome, nonce) }
    : { output: wrapResult(outcome.data, nonce) };
}

function noted(turn: Turn, call: ToolCall, outcome: ToolOutcome | Refusal): Turn {
  const end = isRefusal(outcome) ? outcome.code : "done";
  const called = [...turn.called, { call: keyOf(call), end }];
  if (!isRefusal(outcome)) {
    return { ...turn, called, refused: null, shown: [...turn.shown, outcome.shown] };
  }
  return isOfTheModel(outcome)
    ? { ...turn, called, refused: outcome }
    : { ...turn, called, shown: [...turn.shown, { show: "refusal", refusal: outcome }] };
}

/** The model's own mistakes: it may mend them, people need not see each one. */
function isOfTheModel({ code }: Refusal): boolean {
  return ["tool-unknown", "bad-arguments", "repeated-call", "too-many-calls"].includes(code);
}

/** Equal for calls with equal arguments, whatever order their keys have. */
function keyOf({ name, args }: ToolCall): string {
  return `${name} ${JSON.stringify(sorted(args))}`.slice(0, 2000);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
