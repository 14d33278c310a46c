import { describe, expect, test } from "vitest";
import type { Card } from "#bots/card.ts";
import { adviceCard } from "#bots/cards/advice.ts";
import type { Advice } from "#deployments/advice.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { aPress } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse, type ChatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { waiting } from "#tests/support/deployments.ts";

const SETTING = { lang: "en", simulated: false, offline: false, names: {} } as const;
const PLACE = { platform: "console", conversation: "console", thread: "t-1" } as const;
const AWAY: Advice = {
  level: "info",
  code: "away_from_team",
  params: { team: "dev-team", inEn: "there", toEn: "here", inKo: "저기", toKo: "여기" },
  suggested: { variable: "region", value: "ap-northeast-2" },
};
const SIZE: Advice = {
  level: "info",
  code: "size_big",
  params: { variable: "nat_mode", value: "per_az", usual: "single", environment: "dev" },
  suggested: { variable: "nat_mode", value: "single" },
};

describe.each(testDatabases())("the buttons of advice, on $name", ({ open }) => {
  const opened = chatDatabase(open);

  async function shown(chat: ChatHouse, deployment: Deployment): Promise<string> {
    const view = { setting: SETTING, deployment, advice: [AWAY, SIZE], notes: [] };
    const card: Card = adviceCard(view);
    const content = { text: card.fallback, card, about: [] };
    await chat.outbox.write([
      { card: "reply:a:0", revision: 1, place: PLACE, onlyFor: null, content },
    ]);
    await chat.settle();
    return (await chat.messages.messages("t-1", null)).at(-1)?.id ?? "";
  }

  async function cardNow(chat: ChatHouse): Promise<Card | null> {
    return (await chat.outbox.newest(["reply:a:0"])).get("reply:a:0")?.content.card ?? null;
  }

  test("Use sets what is suggested now, plans again and shows what is left to say", async () => {
    const asked: string[] = [];
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    const service = {
      ...chat.house.service,
      fix: async (_asked: unknown, id: string, code: string) => {
        asked.push(`${id} ${code}`);
        return deployment;
      },
      advice: async () => [SIZE],
    };
    const fixing = chatHouse(opened.db, { service });
    const message = await shown(fixing, deployment);
    const value = { do: "fix", deployment: deployment.id, advice: "away_from_team" } as const;
    await fixing.inbox.receive(aPress(value, { user: "dev", message }));

    await fixing.settle();

    const card = await cardNow(fixing);
    expect(asked).toEqual([`${deployment.id} away_from_team`]);
    expect(card?.actions.map(({ label }) => label)).toEqual(["Use single", "Keep it as it is"]);
    expect(JSON.stringify(card?.body)).toContain("Dev pressed “Use ap-northeast-2”");
  });

  test("Keep takes its own two buttons away and says who decided", async () => {
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    const message = await shown(chat, deployment);
    const value = { do: "keep", deployment: deployment.id, advice: "away_from_team" } as const;
    await chat.inbox.receive(aPress(value, { user: "dev", message }));

    await chat.settle();

    const card = await cardNow(chat);
    expect(card?.actions.map(({ value: { do: does } }) => does)).toEqual(["fix", "keep"]);
    expect(JSON.stringify(card?.body)).toContain("Dev pressed “Keep it as it is”");
  });

  test("what was decided before stays on the card, whoever decides next", async () => {
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    const service = {
      ...chat.house.service,
      fix: async () => deployment,
      advice: async () => [],
    };
    const fixing = chatHouse(opened.db, { service });
    const message = await shown(fixing, deployment);
    const keep = { do: "keep", deployment: deployment.id, advice: "size_big" } as const;
    const use = { do: "fix", deployment: deployment.id, advice: "away_from_team" } as const;
    await fixing.inbox.receive(aPress(keep, { user: "lead", message }));
    await fixing.settle();
    await fixing.inbox.receive(aPress(use, { user: "dev", message, key: "console:p2" }));

    await fixing.settle();

    const lines = JSON.stringify((await cardNow(fixing))?.body).match(/[A-Z][a-z]+ pressed/g);
    expect(lines).toEqual(["Lead pressed", "Dev pressed"]);
  });

  test("advice that does not hold any more is refused, and the card stays", async () => {
    const chat = chatHouse(opened.db);
    const deployment = await waiting(chat.house);
    const message = await shown(chat, deployment);
    const value = { do: "fix", deployment: deployment.id, advice: "size_big" } as const;
    await chat.inbox.receive(aPress(value, { user: "dev", message }));

    await chat.settle();

    const lines = await chat.thread("t-1", "dev");
    expect(lines.at(-1)).toContain("did not work");
    expect((await cardNow(chat))?.actions).toHaveLength(4);
  });
});
