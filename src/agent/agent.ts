import type { Log } from "#telemetry/log.ts";
import { AGENT } from "#text/agent.ts";
import { isRefusal } from "#text/refusal.ts";
import { conversationKey, type Conversations } from "./conversation.ts";
import type { Message, Model, ModelAnswer } from "./model.ts";
import type { Agent, Reply, Shown, Speaker } from "./ports.ts";
import { systemPrompt } from "./prompt.ts";
import type { Registry } from "./tools/registry.ts";
import { callTools, MAX_CALLS, type Turn } from "./turn.ts";

export type AgentParts = {
  readonly model: Model;
  readonly registry: Registry;
  readonly conversations: Conversations;
  readonly log: Log;
  /** ms; only differences count. */
  readonly clock: () => number;
  /** Unguessable, new for every turn: marks tool results as data. */
  readonly nonce: () => string;
  /** For all model calls of one turn together, ms. */
  readonly budgetMs?: number;
};

const BUDGET_MS = 60_000;

/** Turns words into tool calls within bounds; what a tool may do is decided by the tool, never here. */
export function createAgent(parts: AgentParts): Agent {
  return {
    async turn(speaker, text) {
      const key = conversationKey(speaker);
      const earlier = await parts.conversations.recall(key);
      const turn = await converse(parts, { speaker, text, earlier });
      await parts.conversations.remember(key, memoryOf(text, turn));
      return reply(parts.model, turn.shown, parts.model.name);
    },
    async run(speaker, tool, input) {
      const outcome = await parts.registry.call(speaker, tool, input);
      const shown: Shown = isRefusal(outcome)
        ? { show: "refusal", refusal: outcome }
        : outcome.shown;
      return reply(parts.model, [shown], parts.model.offline ? parts.model.name : "none");
    },
  };
}

function reply({ offline }: Model, shown: readonly Shown[], model: string): Reply {
  return { shown, model, offline };
}

type Opening = {
  readonly speaker: Speaker;
  readonly text: string;
  readonly earlier: readonly Message[];
};

/** Asks the model until it has nothing more to call; the last time without tools. */
async function converse(parts: AgentParts, { speaker, text, earlier }: Opening): Promise<Turn> {
  const deadline = parts.clock() + (parts.budgetMs ?? BUDGET_MS);
  const nonce = parts.nonce();
  let turn: Turn = {
    speaker,
    nonce,
    messages: [{ from: "person", text }],
    shown: [],
    refused: null,
    called: [],
  };
  let isOpen = true;
  for (let step = 0; isOpen && step <= MAX_CALLS; step += 1) {
    const mayCall = step < MAX_CALLS && turn.called.length < MAX_CALLS;
    const answer = await ask(parts, { turn, earlier, mayCall, left: deadline - parts.clock() });
    if (answer === null) {
      const silent = turn.called.length === 0 ? AGENT.modelSilent : AGENT.modelSilentAfter;
      return { ...turn, shown: [...turn.shown, { show: "say", text: silent[speaker.lang] }] };
    }
    turn = heard(turn, answer);
    isOpen = mayCall && answer.calls.length > 0;
    turn = isOpen ? await callTools(parts.registry, turn, answer.calls) : turn;
  }
  return closed(turn);
}

type Asking = {
  readonly turn: Turn;
  readonly earlier: readonly Message[];
  readonly mayCall: boolean;
  /** ms until the turn's time is over. */
  readonly left: number;
};

/** The model's answer; null when it failed or the time is over. */
async function ask(parts: AgentParts, asking: Asking): Promise<ModelAnswer | null> {
  const { turn, earlier, mayCall, left } = asking;
  if (left <= 0) {
    return null;
  }
  const signal = AbortSignal.timeout(Math.ceil(left));
  const { lang, viewer } = turn.speaker;
  try {
    const answer = parts.model.answer({
      system: systemPrompt({ nonce: turn.nonce, language: lang }),
      history: [...earlier, ...turn.messages],
      tools: mayCall ? parts.registry.declarations(viewer) : [],
      language: lang,
      signal,
    });
    return await Promise.race([answer, whenAborted(signal)]);
  } catch (cause) {
    parts.log.warn({ model: parts.model.name, err: cause }, "the model did not answer");
    return null;
  }
}

/** A model that does not listen to its signal must not hold the turn. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function heard(turn: Turn, { text, choices, calls, opaque }: ModelAnswer): Turn {
  const words = text?.trim() ?? "";
  const said: Shown[] =
    words === ""
      ? []
      : [
          choices.length === 0
            ? { show: "say", text: words }
            : { show: "ask", question: words, choices },
        ];
  return {
    ...turn,
    messages: [...turn.messages, { from: "model", text, calls, opaque }],
    shown: [...turn.shown, ...said],
  };
}

/** Nobody is left without an answer: the last refusal speaks when nothing else did. */
function closed(turn: Turn): Turn {
  if (turn.shown.length > 0) {
    return turn;
  }
  return turn.refused === null
    ? { ...turn, shown: [{ show: "help" }] }
    : { ...turn, shown: [{ show: "refusal", refusal: turn.refused }] };
}

/**
 * The turn as later turns know it: the words, and which calls were made with what end. Calls and
 * results themselves are not kept: they are stale by then, and results are untrusted text.
 */
function memoryOf(text: string, turn: Turn): Message[] {
  const spoken = turn.messages.flatMap((message) => (message.from === "model" ? [message] : []));
  const words = spoken.flatMap((message) => message.text ?? []);
  const calls = turn.called.map(({ call, end }) => `[${call}: ${end}]`);
  return [
    { from: "person", text },
    {
      from: "model",
      text: [...words, ...calls].join("\n") || null,
      calls: [],
      opaque: turn.called.length === 0 ? (spoken.at(-1)?.opaque ?? null) : null,
    },
  ];
}
