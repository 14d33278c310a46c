import { beforeAll, expect, test } from "vitest";
import { expand, wordingOf } from "#agent/offline-lexicon.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { LANGS, fakeParts } from "./agent-fixtures.ts";
import { rulesOver } from "./offline-fixtures.ts";

let read: ReturnType<typeof rulesOver>;

beforeAll(async () => {
  read = rulesOver(await openCatalogue("terraform/modules"));
});

const SAMPLES = {
  en: {
    module: "app environment",
    deployment: "shop",
    environment: "staging",
    place: "Seoul",
    name: "called shop",
    lesson: "terraform state",
    vars: "owner=lee",
  },
  ko: {
    module: "앱 환경",
    deployment: "shop",
    environment: "스테이징",
    place: "서울",
    name: "shop이라는",
    lesson: "테라폼 상태 파일",
    vars: "owner=lee",
  },
};

test.each(
  platformTools(fakeParts()).flatMap((tool) =>
    LANGS.map((lang) => ({ tool, lang, name: tool.name })),
  ),
)(
  "every sentence that the phrases of $name make in $lang is understood as that tool",
  ({ tool, lang }) => {
    const sentences = tool.phrases.ask[lang].flatMap((phrase) => expand(wordingOf(phrase)));
    const filled = sentences.map((sentence) => fill(sentence, SAMPLES[lang]));

    const others = filled.filter((sentence) => {
      const understood = read(sentence);
      return understood.does === "say" || understood.tool !== tool.name;
    });

    expect(filled.length).toBeGreaterThan(0);
    expect(others).toEqual([]);
  },
);

test.each(LANGS)("every example that people are shown in %s is understood", (lang) => {
  const shown = platformTools(fakeParts()).flatMap((tool) => {
    const example = tool.phrases.example?.[lang];
    return example === undefined ? [] : [{ tool: tool.name, example }];
  });

  const understood = shown.map(({ tool, example }) => ({
    tool,
    read: read(fill(example, SAMPLES[lang])),
  }));

  expect(understood.length).toBeGreaterThan(4);
  expect(understood.filter(({ tool, read }) => read.does !== "call" || read.tool !== tool)).toEqual(
    [],
  );
});

function fill(sentence: string, samples: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (mark, slot: string) => samples[slot] ?? mark);
}
