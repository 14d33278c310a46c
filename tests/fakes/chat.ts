import { consoleReader } from "#bots/console/reader.ts";
import type { Agent, Reply, Shown, Speaker } from "#agent/ports.ts";
import type { Incoming, LearningCards, Press } from "#bots/ports.ts";
import type { ButtonValue } from "#bots/card.ts";
import type { Catalogue } from "#deployments/ports.ts";
import { LOCAL_POLICY, type PolicySource } from "#deployments/policy.ts";
import { aCard } from "./cards.ts";

export const PLACE = { platform: "console", conversation: "console", thread: "t-1" } as const;

export const LOCAL: PolicySource = { current: () => LOCAL_POLICY };

export const NO_MODULES: Catalogue = { modules: () => [], module: () => null, check: () => [] };

export function aSentence(
  over: Partial<Incoming> & { text?: string; lang?: "en" | "ko" } = {},
): Incoming {
  const { text = "hello", user = "dev", key = "console:m1", place = PLACE, lang } = over;
  return { kind: "message", key, place, user, text, ...(lang === undefined ? {} : { lang }) };
}

export function aPress(
  value: ButtonValue,
  over: Partial<Omit<Press, "kind" | "value">> = {},
): Press {
  return {
    kind: "press",
    key: "console:p1",
    place: PLACE,
    user: "lead",
    message: "posted-1",
    inputs: {},
    value,
    ...over,
  };
}

/** An agent that shows what it is told to, and remembers who asked for what. */
export function fakeAgent(shown: readonly Shown[] = [{ show: "say", text: "done" }]) {
  const turns: { speaker: Speaker; text: string }[] = [];
  const runs: { speaker: Speaker; tool: string; input: unknown }[] = [];
  const reply: Reply = { shown, model: "fake-1", offline: false };
  const agent: Agent = {
    async turn(speaker, text) {
      turns.push({ speaker, text });
      return reply;
    },
    async run(speaker, tool, input) {
      runs.push({ speaker, tool, input });
      return reply;
    },
  };
  return { agent, turns, runs };
}

/** Lessons whose cards say which step they show, and in which language. */
export const LEARNING: LearningCards = {
  lesson: async (_viewer, lang, { lesson, step }) =>
    aCard(`${lesson} step ${step} ${lang}`, [
      { label: "Next", style: "plain", value: { do: "lesson", lesson, step: step + 1 } },
    ]),
  lessons: async (_viewer, _lang, query) => aCard(`lessons ${query}`),
  progress: async (viewer) => aCard(`progress of ${viewer.person}`),
  answer: async (person, _lang, { answers }) => aCard(`${person}: ${JSON.stringify(answers)}`),
};

/** Who a console user of the built-in policy is. */
export function localReader(user: string) {
  return consoleReader(LOCAL.current(), user);
}
