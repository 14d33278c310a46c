import { expect, test, vi } from "vitest";
import { startAnnouncer } from "#bots/announcer.ts";
import { consolePlatform } from "#bots/console/platform.ts";
import { startIncoming } from "#bots/incoming.ts";
import { startSender } from "#bots/outbox.ts";
import { aSentence, fakeAgent } from "#tests/fakes/chat.ts";
import { chatDatabase } from "#tests/support/chat-database.ts";
import { chatHouse } from "#tests/support/chat.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { waiting } from "#tests/support/deployments.ts";

const [database] = testDatabases().slice(-1);
const opened = chatDatabase(
  database?.open ?? (() => Promise.reject(new Error("there is no database to test on"))),
);

test("the running loops answer a message and announce a change, each once", async () => {
  const { agent, turns } = fakeAgent();
  const chat = chatHouse(opened.db, { agent });
  const platform = consolePlatform(chat.messages, chat.bell);
  await using sender = startSender({ ...chat.parts, platform });
  const ringSender = () => sender.ring();
  await using announcer = startAnnouncer({ ...chat.parts, onAnnounced: ringSender });
  await using incoming = startIncoming({ ...chat.parts, onHandled: ringSender });
  await waiting(chat.house);
  announcer.ring();
  for (const key of ["console:m1", "console:m2", "console:m1"]) {
    await chat.inbox.receive(aSentence({ key }));
  }
  incoming.ring();

  await vi.waitFor(async () => {
    expect(await chat.thread("t-1")).toEqual(["done", "done"]);
    expect(await chat.thread("thr-1")).toHaveLength(2);
  }, 60_000);

  expect(turns.map(({ speaker }) => speaker.requestKey).toSorted()).toEqual([
    "console:m1",
    "console:m2",
  ]);
});
