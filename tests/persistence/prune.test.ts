import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenDatabase } from "#persistence/database.ts";
import { prune } from "#persistence/prune.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { ballot, done, heart, person, waiting, type Heart } from "#tests/support/deployments.ts";

describe.each(testDatabases())("pruning on $name", (kind) => {
  let open: OpenDatabase;
  let house: Heart;

  beforeAll(async () => {
    open = await kind.open();
    house = heart(open.db);
  });
  afterAll(() => open[Symbol.asyncDispose]());

  test("takes plan files of changes that ended a month ago, and leaves their text", async () => {
    const rejected = await rejectedPlan("old");
    await rejectedPlan("fresh");
    await waiting(house, "open");
    await open
      .db("plans")
      .update({ bundle: Buffer.from("plan"), text_sealed: Buffer.from("text") });
    await open.db.raw(
      "update changes set ended_at = now() - (case when id = ? then interval '31 days' else interval '1 day' end) where ended_at is not null",
      [rejected],
    );

    const pruned = await prune(open.db);

    const left = await open.db("plans").select("change_id", "bundle", "text_sealed");
    expect(pruned.plans).toBe(1);
    expect(left).toHaveLength(3);
    expect(left.filter(({ bundle }) => bundle === null)).toMatchObject([
      { change_id: rejected, text_sealed: Buffer.from("text") },
    ]);
    expect(await prune(open.db)).toMatchObject({ plans: 0 });
  });

  test("takes keys of events that were handled a month ago, never one that still waits", async () => {
    const row = { platform: "console", speaker: "[]", incoming: '{"text":"hunter2"}' };
    await open.db("inbox").insert([
      { ...row, key: "handled", done_at: open.db.raw("now() - interval '31 days'") },
      { ...row, key: "lately", done_at: open.db.raw("now() - interval '1 day'") },
      { ...row, key: "waits", received_at: open.db.raw("now() - interval '90 days'") },
    ]);

    const pruned = await prune(open.db);

    expect(pruned.inbox).toBe(1);
    expect(await open.db("inbox").orderBy("key").select("key", "incoming")).toEqual([
      { key: "lately", incoming: {} },
      { key: "waits", incoming: { text: "hunter2" } },
    ]);
  });

  async function rejectedPlan(name: string): Promise<string> {
    const asking = await waiting(house, name);
    const no = { ...ballot(asking), decision: "reject" } as const;
    done(await house.service.vote(person("lead"), asking.id, no));
    return asking.change?.id ?? "";
  }
});
