import type { Module, ModuleVariable } from "#deployments/ports.ts";
import { AGENT } from "#text/agent.ts";
import { DECISION_WORDS, HOLD_WORDS, NEVER_MIND } from "#text/words.ts";
import { say, type Lang } from "#text/wording.ts";
import type { ToolDeclaration } from "./model.ts";
import { fillArguments, slotsOf, type Filled } from "./offline-arguments.ts";
import { announcedName } from "./offline-names.ts";
import {
  matches,
  ownVariables,
  mentions,
  readSentence,
  type Ground,
  type Match,
  type Reading,
} from "./offline-reading.ts";
import { normalise } from "./offline-text.ts";
import type { Choice } from "./ports.ts";

/** The only three outcomes. */
export type Understanding =
  | {
      readonly does: "call";
      readonly tool: string;
      readonly args: Readonly<Record<string, unknown>>;
      /** Words that were left out of account. */
      readonly unused: readonly string[];
    }
  | ({ readonly does: "ask"; readonly tool: string; readonly pending: Pending } & Question)
  | {
      readonly does: "say";
      readonly what: "canDo" | "peopleDecide" | "notSure" | "notYours" | "twoThings" | "dropped";
      readonly tool: string | null;
    };

/** A question that stands: what was said so far, and the slot that is missing (`vars.size`: a variable). */
export type Pending = { readonly said: string; readonly slot: string };

type Question = { readonly question: string; readonly choices: readonly Choice[] };

export type Rules = Ground & {
  readonly tools: readonly ToolDeclaration[];
  readonly lang: Lang;
};

/** A person says no more than this in one message; the rest is not read. */
const READ_CHARACTERS = 1000;

/** Every message is first read for itself; only what is no request answers the standing question. */
export function understand(text: string, rules: Rules, pending: Pending | null): Understanding {
  const sentence = normalise(text).slice(0, READ_CHARACTERS);
  if (pending !== null && NEVER_MIND.includes(sentence.toLowerCase().replace(/[.!?~]+$/, ""))) {
    return { does: "say", what: "dropped", tool: null };
  }
  const reading = readSentence(sentence, rules);
  const understood = decide(reading, rules);
  if (understood !== null && !answersInstead(reading, rules, pending)) {
    return understood;
  }
  if (mentions(reading.rest, DECISION_WORDS)) {
    return { does: "say", what: "peopleDecide", tool: null };
  }
  return pending === null
    ? { does: "say", what: "canDo", tool: null }
    : answerPending(sentence, rules, pending);
}

/**
 * "aws_thing in Seoul": without a verb it answers "which module?" before it opens a request. So it
 * does with any question where it says neither an environment nor a place.
 */
function answersInstead(reading: Reading, rules: Rules, pending: Pending | null): boolean {
  const form = matches(reading, rules)[0]?.form;
  const isPlaced = ["environment", "place"].some((slot) => form?.slots.includes(slot));
  return pending !== null && form?.bare === true && (pending.slot === "module" || !isPlaced);
}

/** Reads the first sentence again with the answer put behind it. */
function answerPending(answer: string, rules: Rules, pending: Pending): Understanding {
  const together = `${pending.said} ${worded(answer, pending.slot)}`.slice(-READ_CHARACTERS);
  const reading = readSentence(together, rules);
  const understood = decide(reading, rules);
  if (understood === null) {
    return { does: "say", what: "canDo", tool: null };
  }
  const isSame = understood.does === "ask" && understood.pending.slot === pending.slot;
  return isSame ? { ...understood, pending } : understood;
}

/** The answer, put so that it can only mean the slot it answers; "" when it is none. */
function worded(answer: string, slot: string): string {
  if (slot.startsWith("vars.") && /^[[{]/.test(answer)) {
    return `${slot.slice("vars.".length)}=${answer}`;
  }
  if (slot.startsWith("vars.") && !answer.includes("=")) {
    return `${slot.slice("vars.".length)}="${answer.replaceAll('"', "")}"`;
  }
  if (slot !== "deployment") {
    return answer;
  }
  if (/^[a-z][a-z0-9-]*$/i.test(answer)) {
    return `called ${answer}`;
  }
  // A longer sentence is about something else: no word of it may become the name.
  const isShort = answer.split(/\s+/).length <= ANSWER_WORDS;
  return isShort || announcedName(answer) !== null ? answer : "";
}

const ANSWER_WORDS = 3;

type Found = {
  readonly reading: Reading;
  readonly match: Match;
  readonly others: readonly Match[];
};

/** Null when no tool is meant. */
function decide(reading: Reading, rules: Rules): Understanding | null {
  const [match, ...others] = matches(reading, rules);
  if (match === undefined) {
    return null;
  }
  const { tool } = match.form;
  const held = tool.effect === "proposes" ? holdBack({ reading, match, others }, rules) : null;
  return held ?? fillOrAsk({ reading, match, others }, rules);
}

function fillOrAsk({ reading, match }: Found, rules: Rules): Understanding {
  const { tool } = match.form;
  const declaration = rules.tools.find(({ name }) => name === tool.name);
  if (declaration === undefined) {
    return { does: "say", what: "notYours", tool: tool.name };
  }
  const filled = fillArguments(declaration, { reading, match, ground: rules });
  const slot = missingSlot(declaration, match, filled);
  return slot === null
    ? {
        does: "call",
        tool: tool.name,
        args: filled.args,
        unused: tool.effect === "proposes" ? filled.unused : [],
      }
    : {
        does: "ask",
        tool: tool.name,
        pending: { said: reading.sentence, slot },
        ...questionFor(slot, { reading, filled, rules }),
      };
}

/** No proposal from a question, from a wish not to, or from two requests in one; no decision by words. */
function holdBack({ reading, match, others }: Found, rules: Rules): Understanding | null {
  const { tool } = match.form;
  if (others.some((other) => isAnotherRequest({ reading, match }, other, rules))) {
    return { does: "say", what: "twoThings", tool: tool.name };
  }
  if (mentions(reading.rest, HOLD_WORDS)) {
    return { does: "say", what: "notSure", tool: tool.name };
  }
  return mentions(reading.rest, DECISION_WORDS)
    ? { does: "say", what: "peopleDecide", tool: tool.name }
    : null;
}

/** "destroy shop and create web": the other one is plain and complete, and about something else. */
function isAnotherRequest(
  { reading, match }: Pick<Found, "reading" | "match">,
  other: Match,
  rules: Rules,
): boolean {
  const [first, second] = [match, other].map(({ form }) =>
    rules.tools.find(({ name }) => name === form.tool.name),
  );
  if (first === undefined || second === undefined) {
    return false;
  }
  const isPlain = other.form.tool.effect === "proposes" && !other.form.weak;
  const { required } = slotsOf(second);
  const { args } = fillArguments(second, { reading, match: other, ground: rules });
  return (
    isPlain &&
    required.join() !== slotsOf(first).required.join() &&
    required.every((slot) => args[slot] !== undefined)
  );
}

/** Required by the tool, or by the wording itself ("change shop": to what?). */
function missingSlot(
  declaration: ToolDeclaration,
  { form }: Match,
  { args, module }: Filled,
): string | null {
  const { all, required } = slotsOf(declaration);
  const needed = [...required, ...form.slots.filter((name) => name === "vars")];
  const slot = needed.find((name) => args[name] === undefined);
  if (slot !== undefined) {
    return slot;
  }
  const given = args["vars"];
  const variable = module?.variables.find(
    ({ name, required }) =>
      required &&
      !all.includes(name) &&
      !(typeof given === "object" && given !== null && name in given),
  );
  return variable === undefined ? null : `vars.${variable.name}`;
}

function questionFor(
  slot: string,
  from: { reading: Reading; filled: Filled; rules: Rules },
): Question {
  const { lang, modules } = from.rules;
  const variable = from.filled.module?.variables.find(({ name }) => `vars.${name}` === slot);
  if (variable !== undefined) {
    return questionForValue(variable, lang);
  }
  switch (slot) {
    case "module": {
      const meant = from.reading.modules.modules;
      return {
        question: meant.length > 0 ? AGENT.whichModule[lang] : AGENT.noModule[lang],
        choices: (meant.length > 0 ? meant : modules).map((module) => moduleChoice(module, lang)),
      };
    }
    case "deployment":
      return {
        question: AGENT.whichDeployment[lang],
        choices: from.reading.deployments.map(({ name }) => ({
          label: name,
          say: name,
        })),
      };
    case "vars":
      return {
        question: say(AGENT.whichChange, lang, { example: exampleOf(modules) }),
        choices: [],
      };
    case "lesson":
      return { question: AGENT.whichLesson[lang], choices: [] };
    default:
      return { question: say(AGENT.whichOther, lang, { slot }), choices: [] };
  }
}

/** A variable with a plain value of its own. */
function exampleOf(modules: readonly Module[]): string {
  const plain = ownVariables(modules).find(({ default: value }) => !Array.isArray(value));
  return `${plain?.name ?? "variable"}=…`;
}

function questionForValue(variable: ModuleVariable, lang: Lang): Question {
  return {
    question: say(AGENT.whichValue, lang, {
      label: variable.label[lang],
      description: variable.description,
    }),
    choices: variable.choices.map(({ value, label }) => ({
      label: label[lang],
      say: `${variable.name}=${value}`,
    })),
  };
}

function moduleChoice(module: Module, lang: Lang): Choice {
  return { label: `${module.title[lang]} (${module.name})`, say: module.name };
}
