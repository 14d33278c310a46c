import { describe, expect, test } from "vitest";
import { galleryCards } from "#bots/render/gallery.ts";

describe.each(["en", "ko"] as const)("every case of every card in %s", (lang) => {
  test.each(galleryCards(lang))("$name looks as reviewed", async ({ name, card }) => {
    const file = `./__snapshots__/${name}.${lang}.json`;

    const json = `${JSON.stringify(card, null, 1)}\n`;

    await expect(json).toMatchFileSnapshot(file);
  });
});
