import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { REFUSALS } from "#text/refusals.ts";
import { languageOf, say } from "#text/wording.ts";

const FOLDER = join(import.meta.dirname, "../../src/text");

type Pair = { readonly where: string; readonly en: string; readonly ko: string };

/** Every sentence of the product: whatever has an English and a Korean string. */
async function sentences(): Promise<Pair[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
  const modules = await Promise.all(
    files.map(async (name): Promise<[string, unknown]> => [
      name,
      await import(pathToFileURL(join(FOLDER, name)).href),
    ]),
  );
  return modules.flatMap(([name, module]) => pairsIn(module, name));
}

function pairsIn(value: unknown, where: string): Pair[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  if (
    "en" in value &&
    "ko" in value &&
    typeof value.en === "string" &&
    typeof value.ko === "string"
  ) {
    return [{ where, en: value.en, ko: value.ko }];
  }
  return Object.entries(value).flatMap(([key, child]) => pairsIn(child, `${where} ${key}`));
}

/** `{toEn}` and `{toKo}` are one thing, named in the sentence's own language. */
function marksOf(text: string): string[] {
  const marks = (text.match(/\{\w+\}/g) ?? []).map((mark) => mark.replace(/(En|Ko)\}$/, "}"));
  return [...new Set(marks)].sort();
}

test("a sentence names the same things in both languages", async () => {
  const all = await sentences();

  const uneven = all.filter(({ en, ko }) => marksOf(en).join() !== marksOf(ko).join());

  expect(all.length).toBeGreaterThan(300);
  expect(uneven).toEqual([]);
});

test("no sentence is left empty or untranslated", async () => {
  const all = await sentences();

  const empty = all.filter(({ en, ko }) => (en.trim() === "") !== (ko.trim() === ""));
  const long = all.filter(({ en }) => en.split(" ").length > 6);

  expect(empty).toEqual([]);
  expect(long.filter(({ ko }) => languageOf(ko) !== "ko")).toEqual([]);
});

test("Korean sentences end in one formal style", async () => {
  const understood = ["phrases.ts", "words.ts"];
  const all = await sentences();

  const casual = all.filter(
    ({ where, ko }) =>
      !understood.some((file) => where.startsWith(file)) &&
      /(?<!세|까|나|인가|아니|필)요(?=[.!?:]|$)/m.test(ko),
  );

  expect(casual).toEqual([]);
});

test("every refusal says what happened and what to do next", () => {
  const silent = Object.entries(REFUSALS).filter(
    ([, { detail, next }]) => detail.en.length === 0 || next.en.length === 0,
  );

  expect(silent).toEqual([]);
});

test("parameters are filled in, and one that is missing stays visible", () => {
  const wording = { en: "{name} is {state}", ko: "{name}: {state}" };

  expect(say(wording, "en", { name: "shop", state: "live" })).toBe("shop is live");
  expect(say(wording, "ko", { name: "shop" })).toBe("shop: {state}");
});

test("any Hangul makes a message Korean", () => {
  expect(["VPC 만들어줘", "make a VPC", "ㅇㅋ", ""].map(languageOf)).toEqual([
    "ko",
    "en",
    "ko",
    "en",
  ]);
});
