import type { Vars, Json } from "#deployments/change.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import { ENVIRONMENT_WORDS } from "#text/words.ts";
import { readWords } from "./command-words.ts";

/** A chat command as a call of one tool. */
export type Command = { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/**
 * Reads `/cloud …` and `/learn …`. The slash may be left out after a mention and before a known
 * command. Null: these are plain words, not a command.
 */
export function readCommand(text: string): Command | Refusal | null {
  const head = HEAD.exec(text);
  if (head === null) {
    return null;
  }
  const [, mention, slash, first = ""] = head;
  const rest = text.slice(head[0].length).trim();
  const meant = mention !== undefined || slash === "/";
  return first.toLowerCase() === "learn" ? learn(rest, meant) : cloud(rest, meant);
}

// An optional mention (`@bot`, `<at>Bot</at>`, `<@U1>`), then the first word of the grammar.
const HEAD =
  /^\s*(<at>[^<]{0,80}<\/at>\s*|<@\w{1,40}>\s*|@(?!(?:cloud|learn)\b)[\p{L}\w.-]{1,40}\s+)?([/@])?(cloud|learn)(?=\s|$)/iu;

type Usage = {
  readonly usage: string;
  /** How many words without `=` it takes, at least and at most. */
  readonly words: readonly [number, number];
  /** Whether `name=value` may follow. */
  readonly values: boolean;
  readonly call: (words: readonly string[], values: Vars) => Command;
};

const COMMANDS: Readonly<Record<string, Usage>> = {
  help: plain("/cloud help", "help"),
  modules: plain("/cloud modules", "list_modules"),
  about: plain("/cloud about", "about"),
  create: {
    usage: "/cloud create <module> name=… region=… var=…",
    words: [1, 1],
    values: true,
    // Without a single value it is a wish to see what can be set.
    call: ([module], values) =>
      Object.keys(values).length === 0
        ? { tool: "open_form", input: { module } }
        : { tool: "create_deployment", input: creation(module, values) },
  },
  plan: {
    usage: "/cloud plan <name> [var=…]",
    words: [1, 1],
    values: true,
    call: ([name], vars) => ({ tool: "plan_deployment", input: { deployment: name, vars } }),
  },
  status: {
    usage: "/cloud status [name]",
    words: [0, 1],
    values: false,
    call: ([name]) =>
      name === undefined
        ? { tool: "list_deployments", input: {} }
        : { tool: "get_deployment", input: { deployment: name } },
  },
  logs: named("/cloud logs <name>", "get_logs"),
  cancel: named("/cloud cancel <name>", "cancel_deployment"),
  destroy: named("/cloud destroy <name>", "destroy_deployment"),
  drift: named("/cloud drift <name>", "check_drift"),
};

/** A map, so that `constructor` and its like are no commands. */
const CLOUD = new Map(Object.entries(COMMANDS));
const OFFERED = [...CLOUD.keys()];

/** Every verb of `/cloud`. */
export const COMMAND_VERBS: readonly string[] = OFFERED;

function plain(usage: string, tool: string): Usage {
  return { usage, words: [0, 0], values: false, call: () => ({ tool, input: {} }) };
}

function named(usage: string, tool: string): Usage {
  return {
    usage,
    words: [1, 1],
    values: false,
    call: ([name]) => ({ tool, input: { deployment: name } }),
  };
}

function cloud(rest: string, meant: boolean): Command | Refusal | null {
  const [typed = "", ...tail] = rest.split(/\s+/);
  const verb = typed.toLowerCase();
  const usage = CLOUD.get(verb === "" ? "help" : verb);
  if (!meant && (usage === undefined || verb === "" || plainWords(usage, tail))) {
    return null;
  }
  if (usage === undefined) {
    const like = `/cloud ${nearest(verb, OFFERED)}`;
    return refusal("command-unknown", { command: `/cloud ${verb}`.slice(0, 80), like });
  }
  return call(usage, `/cloud ${verb}`, rest.slice(typed.length));
}

/** “cloud help me with a network” is a sentence: more words than the command takes. */
function plainWords({ words: [, most] }: Usage, tail: readonly string[]): boolean {
  return tail.filter((word) => !word.includes("=")).length > most;
}

function call(usage: Usage, command: string, rest: string): Command | Refusal {
  const read = readWords(rest);
  const bare = read.flatMap((word) => (word.key === null ? [word.text] : []));
  const pairs = read.flatMap((word) => (word.key === null ? [] : [word]));
  const [least, most] = usage.words;
  const odd = bare[most] ?? (usage.values ? undefined : pairs[0]?.text);
  if (odd !== undefined) {
    return refusal("command-word", { command, usage: usage.usage, word: odd.slice(0, 80) });
  }
  if (bare.length < least) {
    return refusal("command-incomplete", { command, usage: usage.usage });
  }
  return usage.call(bare, Object.fromEntries(pairs.map(({ key, value }) => [key, value])));
}

/** `name`, `environment` and `team` are the request's own; everything else fills the module. */
function creation(module: string | undefined, values: Vars): Record<string, unknown> {
  const { name, environment, team, ...vars } = values;
  return {
    module,
    ...(name === undefined ? {} : { name: asText(name) }),
    ...(environment === undefined ? {} : { environment: meantEnvironment(environment) }),
    ...(team === undefined ? {} : { team: asText(team) }),
    vars,
  };
}

/** `staging` and `운영` as the environments they are; any other word is the tool's to refuse. */
function meantEnvironment(value: Json): Json {
  const text = asText(value);
  const word = typeof text === "string" ? text.toLowerCase() : "";
  const meant = Object.entries(ENVIRONMENT_WORDS).find(([, words]) => words.includes(word));
  return meant === undefined ? text : meant[0];
}

/** A name such as `2024` was read as a number; the tool's own schema judges it as text. */
function asText(value: Json): Json {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function learn(rest: string, meant: boolean): Command | null {
  const path = /^[\w.-]+(\/[\w.-]+)+$/.test(rest);
  if (!meant && !path && rest !== "next" && rest !== "progress") {
    return null;
  }
  switch (rest.toLowerCase()) {
    case "next":
      return { tool: "open_lesson", input: { go: "next" } };
    case "progress":
      return { tool: "my_progress", input: {} };
    default:
      return path
        ? { tool: "open_lesson", input: { lesson: rest } }
        : { tool: "list_lessons", input: rest === "" ? {} : { query: rest } };
  }
}

/** The known word with the fewest letters to change. */
function nearest(typed: string, known: readonly string[]): string {
  const [best = "help"] = known.toSorted((a, b) => distance(typed, a) - distance(typed, b));
  return best;
}

function distance(from: string, to: string): number {
  const start = Array.from({ length: to.length + 1 }, (_, at) => at);
  const last = Array.from(from).reduce<number[]>((row, letter, at) => {
    const next = [at + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    return next;
  }, start);
  return last.at(-1) ?? 0;
}
