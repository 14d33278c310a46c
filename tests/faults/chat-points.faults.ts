import { afterAll, describe, expect, test } from "vitest";
import { openLedger } from "./support/crash-ledger.ts";
import { chatWalk, kindsInThread } from "./support/chat.ts";
import { openGauntlet } from "./support/crash-points.ts";

const ONLY = new RegExp(process.env["POINTS"] ?? "");
// What comes in and goes out; the points of a run itself are those of `crash-points`.
const OF_CHAT = /inbox|messages|announcements|votes|deployments/;

const WORDS = {
  "by a command": (name: string) => `/cloud create local_notes name=${name}`,
  "in plain words": (name: string) => `Please create local_notes named ${name}`,
} as const;

const gauntlet = await openGauntlet();
await gauntlet.stage.start();
// From the second one on people are advised of what they have already.
await chatWalk({ name: "earlier", words: WORDS["by a command"]("earlier"), usual: null }).go(
  gauntlet.stage,
);
afterAll(async () => {
  await gauntlet[Symbol.asyncDispose]();
});

describe.each(Object.entries(WORDS))("a deployment that is asked for %s", async (how, words) => {
  const first = how.replaceAll(" ", "-");
  const all = await gauntlet.points(chatWalk({ name: first, words: words(first), usual: null }));
  const usual = await kindsInThread(gauntlet.stage, first);
  const points = all.filter((point) => OF_CHAT.test(point) && ONLY.test(point));
  const ledger = openLedger(`asked for ${how}`, points);

  test("has one answer, one question and one report when nobody dies", () => {
    expect(usual).toMatchObject({ reply: 1, approval: 1, report: 1 });
    expect(all.some((point) => OF_CHAT.test(point))).toBe(true);
  });

  test.for(ledger.open.map((point, index) => ({ point, name: `${first}-${index}` })))(
    "is answered once after a death at $point",
    async ({ point, name }) => {
      const died = await gauntlet.dieAt(chatWalk({ name, words: words(name), usual }), point);

      ledger.note(point, died);
      expect(died.broken).toEqual([]);
    },
  );
});
