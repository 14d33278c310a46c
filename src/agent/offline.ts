import { z } from "zod";
import type { Catalogue, Module, Regions } from "#deployments/ports.ts";
import { AGENT } from "#text/agent.ts";
import { say, type Lang } from "#text/wording.ts";
import type { Message, Model, ModelAnswer, ModelRequest, ToolDeclaration } from "./model.ts";
import { compileLexicon, type Phrased } from "./offline-lexicon.ts";
import { understand, type Pending, type Rules, type Understanding } from "./offline-understand.ts";
import type { Choice } from "./ports.ts";

export const OFFLINE_MODEL = "offline-rules-1";

const StoredPending = z.object({ said: z.string(), slot: z.string() });

/**
 * Fixed rules behind the model's port, for English and Korean. They know the tools by their
 * phrases, the modules by the catalogue and the places of the clouds by their data, hold nothing between turns, and do one of three
 * things: call a tool, ask for one missing slot, or say what can be asked for.
 */
export function offlineRules(
  tools: readonly Phrased[],
  catalogue: Catalogue,
  places: Regions,
): Model {
  const lexicon = compileLexicon(tools);
  return {
    name: OFFLINE_MODEL,
    offline: true,
    async answer(request) {
      const asked = request.history.at(-1);
      if (asked?.from !== "person") {
        return SILENCE;
      }
      const rules: Rules = {
        lexicon,
        modules: catalogue.modules(),
        places: places.all(),
        tools: request.tools,
        lang: request.language,
      };
      const understood = understand(asked.text, rules, pendingIn(request.history));
      return answerOf(understood, rules, examples(tools, rules));
    },
  };
}

/** The cards of the tools have said it already. */
const SILENCE: ModelAnswer = { text: null, choices: [], calls: [], opaque: null };

function answerOf(
  understood: Understanding,
  { lang }: Rules,
  choices: readonly Choice[],
): ModelAnswer {
  switch (understood.does) {
    case "call": {
      const { tool, args, unused } = understood;
      return {
        ...SILENCE,
        text: unused.length === 0 ? null : say(AGENT.unused, lang, { words: unused.join(", ") }),
        calls: [{ id: "call-1", name: tool, args }],
      };
    }
    case "ask":
      return {
        ...SILENCE,
        text: understood.question,
        choices: understood.choices,
        opaque: { provider: OFFLINE_MODEL, data: understood.pending },
      };
    case "say":
      return {
        ...SILENCE,
        text: AGENT[understood.what][lang],
        choices: understood.what === "dropped" ? [] : choices,
      };
  }
}

/** The question that the rules asked in the turn before this one. */
function pendingIn(history: ModelRequest["history"]): Pending | null {
  const before: Message | undefined = history.at(-2);
  if (before?.from !== "model" || before.opaque?.provider !== OFFLINE_MODEL) {
    return null;
  }
  return StoredPending.safeParse(before.opaque.data).data ?? null;
}

/** Sentences that these rules understand, for the tools that this person has. */
function examples(tools: readonly Phrased[], rules: Rules): Choice[] {
  const declared = new Set(rules.tools.map((tool: ToolDeclaration) => tool.name));
  const title = titleOf(rules);
  return tools.flatMap((tool) => {
    const example = tool.phrases.example?.[rules.lang];
    if (example === undefined || !declared.has(tool.name)) {
      return [];
    }
    const sentence = example.replaceAll("{module}", title);
    return [{ label: sentence, say: sentence }];
  });
}

function titleOf({ modules, lang }: { modules: Rules["modules"]; lang: Lang }): string {
  const shown = modules.find(asksForNothing) ?? modules[0];
  const title = shown?.title[lang] ?? "";
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** It is nowhere, and its name is all that it wants to know: whoever presses the sentence gets a plan. */
function asksForNothing(module: Module): boolean {
  const needed = module.variables.filter(({ required }) => required);
  return module.region === null && needed.every(({ name }) => name === "name");
}
