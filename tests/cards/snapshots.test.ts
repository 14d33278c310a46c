import { describe, expect, test } from "vitest";
import { SAMPLES } from "#bots/cards/samples.ts";
import { adaptiveCard } from "#bots/render/adaptive-card.ts";

describe.each(["en", "ko"] as const)("every case of every card in %s", (lang) => {
  test.each(Object.entries(SAMPLES))("%s looks as reviewed", async (name, draw) => {
    const file = `./__snapshots__/${name}.${lang}.json`;

    const json = `${JSON.stringify(adaptiveCard(draw(lang)), null, 1)}\n`;

    await expect(json).toMatchFileSnapshot(file);
  });
});
