import { z } from "zod";
import { Json, type Vars } from "#deployments/change.ts";
import type { ModuleVariable } from "#deployments/ports.ts";
import { FILLERS, KOREAN_FILLERS, LOANWORDS, NUMBER_WORDS } from "#text/words.ts";
import { blank, findSpan, letters, phraseSource, type Span } from "./offline-text.ts";

/** Values of variables that a sentence gives, and where they stand. */
export type Values = { readonly vars: Vars; readonly spans: readonly Span[] };

const NUMBER = `(\\d+(?:\\.\\d+)?|${Object.keys(NUMBER_WORDS).join("|")})`;
/** Counters and particles that stand between a number and its noun. */
const COUNTER = "\\s*(?:개|대|일|초|명)?(?:의|로|으로|짜리)?\\s*(?:of\\s+)?";
const LINK = "\\s*(?:은|는|이|가|을|를|수는|수를|수|:|=|is|of|to|at|on)?\\s*";

const Described = z.object({
  type: z.string().optional(),
  items: z.object({ properties: z.record(z.string(), z.unknown()).default({}) }).optional(),
});
const Items = z.array(z.record(z.string(), Json)).min(1);

/** `key=value` and `key="two words"`; values are read as JSON where they are JSON. */
export function pairsIn(text: string): { pairs: Vars; rest: string } {
  const found = [
    ...text.matchAll(/(?<![\w-])([a-z][a-z0-9_]*)=(?:"([^"]*)"|(\[.*?\]|\{.*?\}|\S+))/giu),
  ];
  const pairs = Object.fromEntries(
    found.map(([, key = "", quoted, bare = ""]) => [
      key,
      quoted ?? literal(bare.replace(/[.,;!?]+$/, "")),
    ]),
  );
  const spans = found.map((match) => ({ from: match.index, to: match.index + match[0].length }));
  return { pairs, rest: blank(text, spans) };
}

/** A value as this variable's type wants it, where the text allows that. */
export function coerce(variable: ModuleVariable, value: Json): Json {
  const type = Described.safeParse(variable.schema).data?.type;
  if (typeof value !== "string") {
    return type === "string" ? (JSON.stringify(value) ?? "") : value;
  }
  const chosen = variable.choices.find((choice) =>
    [choice.value, choice.label.en, choice.label.ko, ...choice.aliases].some(
      (word) => word.toLowerCase() === value.toLowerCase(),
    ),
  );
  const meant = chosen?.value ?? value;
  if (type === "array" && !meant.trim().startsWith("[")) {
    return meant.split(/[\s,]+/).filter((item) => item !== "");
  }
  return type === "string" ? meant : literal(meant);
}

/** Reads "2 replicas", "port 8080", "with a switch on", choices by their words. */
export function valuesIn(
  text: string,
  variables: readonly ModuleVariable[],
  taken: ReadonlySet<string>,
): Values {
  return variables.reduce<Values>(
    (done, variable) => {
      const found = readVariable(blank(text, done.spans), variable, { variables, taken });
      return found === null
        ? done
        : {
            vars: { ...done.vars, [variable.name]: found.value },
            spans: [...done.spans, ...found.spans],
          };
    },
    { vars: {}, spans: [] },
  );
}

type Read = { readonly value: Json; readonly spans: readonly Span[] };

function readVariable(
  text: string,
  variable: ModuleVariable,
  { variables, taken }: { variables: readonly ModuleVariable[]; taken: ReadonlySet<string> },
): Read | null {
  const { type } = Described.parse(variable.schema);
  const calls = callsOf(variable.name, [variable.label.en, variable.label.ko]);
  if (type === "number" || type === "integer") {
    return readNumber(text, [...calls, ...countedAs(variable), ...unitFor(variable, variables)]);
  }
  if (variable.choices.length > 0) {
    return readChoice(text, variable, { calls, taken });
  }
  if (type === "boolean") {
    return readSwitch(text, calls);
  }
  return type === "string" ? readWord(text, calls) : readInItems(text, variable);
}

function readNumber(text: string, calls: readonly string[]): Read | null {
  const label = `(?:${calls.map((word) => phraseSource(word, "noun")).join("|")})`;
  for (const source of [
    `(?<![\\w.\\p{Script=Hangul}-])${NUMBER}${COUNTER}${label}`,
    `${label}${LINK}${NUMBER}(?:\\s*(?:개|대|일|초))?(?:로|으로|를|을|의)?`,
  ]) {
    const pattern = new RegExp(source, "iu");
    const found = pattern.exec(text)?.[1];
    const span = findSpan(text, pattern);
    if (found !== undefined && span !== null) {
      return { value: NUMBER_WORDS[found.toLowerCase()] ?? Number(found), spans: [span] };
    }
  }
  return null;
}

function readSwitch(text: string, calls: readonly string[]): Read | null {
  const label = `(?:${calls.map((word) => phraseSource(word, "noun")).join("|")})`;
  const off = new RegExp(
    `(?:without|no|disable)\\s+${label}|${label}\\s*(?:off\\b|없이|끄|꺼)`,
    "iu",
  );
  const on = new RegExp(`(?:with|enable)\\s+${label}|${label}\\s*(?:on\\b|켜|켠|사용|포함)`, "iu");
  const offSpan = findSpan(text, off);
  const span = offSpan ?? findSpan(text, on);
  return span === null ? null : { value: offSpan === null, spans: [span] };
}

function readWord(text: string, calls: readonly string[]): Read | null {
  const label = `(?:${calls.map((word) => phraseSource(word, "noun")).join("|")})`;
  const pattern = new RegExp(
    `${label}\\s*(?:is|to|:|=|은|는|이|가|을|를)?\\s*(?:"([^"]+)"|([a-z0-9][\\w.@/-]*))`,
    "iu",
  );
  const found = pattern.exec(text);
  const span = findSpan(text, pattern);
  const value = found?.[1] ?? found?.[2];
  return value === undefined || span === null || FILLERS.has(value.toLowerCase())
    ? null
    : { value: value.replace(/[.,]+$/, ""), spans: [span] };
}

/** The choice that covers most of the text: "one for each zone" is not "one". */
function readChoice(
  text: string,
  variable: ModuleVariable,
  { calls, taken }: { calls: readonly string[]; taken: ReadonlySet<string> },
): Read | null {
  const label = `(?:${calls.map((word) => phraseSource(word, "noun")).join("|")})`;
  const found = variable.choices.flatMap(({ value, label: name, aliases }) =>
    [value, name.en, name.ko, ...aliases].flatMap((word) => {
      const mayStandAlone = !variable.advanced && !isTaken(word, taken);
      const span = choiceSpan(text, { word, label, mayStandAlone });
      return span === null ? [] : [{ value, spans: [span], covers: span.to - span.from }];
    }),
  );
  return found.toSorted((one, other) => other.covers - one.covers)[0] ?? null;
}

/** A choice beside its variable's label, or alone when its words mean nothing else. */
function choiceSpan(
  text: string,
  { word, label, mayStandAlone }: { word: string; label: string; mayStandAlone: boolean },
): Span | null {
  const plain = phraseSource(word, "noun");
  const beside = new RegExp(`${label}${LINK}${plain}|${plain}\\s+${label}`, "iu");
  const alone = mayStandAlone ? findSpan(text, new RegExp(plain, "iu")) : null;
  return findSpan(text, beside) ?? alone;
}

/** "2 replicas" where the variable is a list of objects: its default with that property changed. */
function readInItems(text: string, variable: ModuleVariable): Read | null {
  const properties = Described.safeParse(variable.schema).data?.items?.properties ?? {};
  const items = Items.safeParse(variable.default);
  if (!items.success) {
    return null;
  }
  const found = Object.entries(properties).flatMap(([name, schema]) => {
    const type = Described.safeParse(schema).data?.type;
    const isNumber = type === "number" || type === "integer";
    const read = isNumber ? readNumber(text, callsOf(name, [])) : null;
    return read === null ? [] : [{ name, ...read }];
  });
  const changed = Object.fromEntries(found.map(({ name, value }) => [name, value]));
  return found.length === 0
    ? null
    : {
        value: items.data.map((item) => ({ ...item, ...changed })),
        spans: found.flatMap(({ spans }) => spans),
      };
}

/** Names of the properties, where the value is a list of objects. */
export function propertyNames(schema: ModuleVariable["schema"]): string[] {
  return Object.keys(Described.safeParse(schema).data?.items?.properties ?? {});
}

/** How people may call a variable: its name, its calls, and its words as Koreans say them. */
function callsOf(name: string, calls: readonly string[]): string[] {
  const words = name.split("_");
  const singular = words.map((word) => word.replace(/s$/, ""));
  const loans = words.length === 1 ? singular.flatMap((word) => LOANWORDS[word] ?? []) : [];
  const all = [singular.join(" "), words.join(" "), ...calls, ...loans];
  const plain = all.map((label) => label.replace(/\(.*?\)/g, "").trim());
  // "가용 영역 수" is asked for as "가용 영역 두 개".
  const counted = plain.map((label) => label.replace(/(?<=\p{Script=Hangul})\s+수$/u, ""));
  return [...new Set([...plain, ...counted])]
    .filter((label) => label !== "")
    .toSorted((a, b) => b.length - a.length);
}

/** "Two doors" as the label of the choice 2 says that doors are what is counted. */
function countedAs({ choices }: ModuleVariable): string[] {
  const number = new RegExp(`${NUMBER}\\s*개?`, "iu");
  const worded = choices.flatMap(({ label }) => [label.en, label.ko]);
  const words = worded.map((each) =>
    each
      .replace(number, "")
      .trim()
      .replace(/(?<=[a-z])s$/, ""),
  );
  return [...new Set(words)].filter((word) => letters(word) > 2);
}

/** The unit, where it can only mean this variable: "3 days" of two kinds of days mean neither. */
function unitFor(variable: ModuleVariable, variables: readonly ModuleVariable[]): string[] {
  const units = unitsOf(variable.name);
  const sharing = variables.filter(({ name }) => unitsOf(name)[0] === units[0]);
  return variable.advanced || sharing.length > 1 ? [] : units;
}

/** A variable whose name ends in a unit is also said by the unit: "3 days". */
function unitsOf(name: string): string[] {
  const [unit = "", ...more] = name.split("_").toReversed();
  const singular = unit.replace(/s$/, "");
  return more.length === 0 || singular.length < 3 ? [] : [singular, ...(LOANWORDS[singular] ?? [])];
}

function isTaken(word: string, taken: ReadonlySet<string>): boolean {
  const lower = word.toLowerCase();
  const tooShort = /^[a-z0-9]{1,2}$/.test(lower) || lower.length === 1;
  return (
    tooShort ||
    KOREAN_FILLERS.test(lower) ||
    lower.split(/\s+/).every((part) => taken.has(part) || FILLERS.has(part))
  );
}

function literal(text: string): Json {
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return text;
  }
}
