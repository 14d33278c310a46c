import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_POLICY, Policy } from "#deployments/policy.ts";
import type { OpenDatabase } from "#persistence/database.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { claim, MODULE } from "#tests/support/deployments.ts";
import { openApi, type Api } from "./api-fixture.ts";

const NOBODY = { members: [] };

describe.each(testDatabases().slice(-1))("the log of a run on $name", ({ open }) => {
  let database: OpenDatabase;
  let api: Api;
  let count = 0;
  beforeAll(async () => {
    database = await open();
    api = await openApi(database.db);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  async function created(): Promise<string> {
    count += 1;
    const body = { name: `shop-${count}`, module: MODULE.name };
    return String((await api.post("/deployments", { body })).json["id"]);
  }

  const at = new Date("2026-11-21T08:00:00Z");
  const event = (seq: number) => ({
    seq,
    at,
    type: "text",
    message: `line ${seq}`,
    address: null,
  });
  const read = (...seqs: number[]) => ({
    events: seqs.map(event),
    outputOffset: 0,
    progress: { done: 0, total: 0, current: null, inFlight: 0 },
  });

  async function running() {
    const id = await created();
    await api.post(`/deployments/${id}/plan`);
    const held = await claim(api.house);
    await api.house.runs.record(held, read(1, 2));
    return { id, held };
  }

  test("is followed to its end as server-sent events, and resumed after the last one seen", async () => {
    const { id, held } = await running();
    const following = api.get(`/deployments/${id}/logs`, { headers: { "last-event-id": "1" } });
    await api.house.runs.record(held, read(3));
    await api.house.runs.end(held, "done");

    const { headers, text } = await following;

    expect(headers["content-type"]).toContain("text/event-stream");
    expect(text.match(/^id: .*$/gm)).toEqual(["id: 2", "id: 3"]);
    expect(text).toContain(`event: end\ndata: {"run":"${held.run}","status":"done"}`);
  });

  test("comes as JSON lines on request, for one run of this deployment", async () => {
    const { id, held } = await running();
    await api.house.runs.end(held, "failed");
    const headers = { accept: "application/x-ndjson" };

    const lines = await api.get(`/deployments/${id}/logs?run=${held.run}`, { headers });
    const foreign = await api.get(`/deployments/${await created()}/logs?run=${held.run}`);

    const parsed = lines.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(parsed).toMatchObject([
      { seq: 1, message: "line 1" },
      { seq: 2, message: "line 2" },
      { type: "end", status: "failed" },
    ]);
    expect(foreign).toMatchObject({ status: 404, json: { code: "run-not-found" } });
  });

  test.each(["-1", "1.5", "1e999", "9".repeat(30)])(
    "begins at the first line after a Last-Event-ID that is none of ours: %s",
    async (sent) => {
      const { id, held } = await running();
      await api.house.runs.end(held, "done");

      const { text } = await api.get(`/deployments/${id}/logs`, {
        headers: { "last-event-id": sent },
      });

      expect(text.match(/^id: .*$/gm)).toEqual(["id: 1", "id: 2"]);
    },
  );

  test("ends for whoever loses the right to read it, and not for others", async () => {
    let rules = LOCAL_POLICY;
    await using own = await openApi(database.db, { policy: { current: () => rules } });
    const { id, held } = await running();
    const [leads, devs] = await Promise.all(
      ["lead", "dev"].map((user) =>
        fetch(`${own.base}/deployments/${id}/logs`, { headers: { "x-console-user": user } }),
      ),
    );
    const { people, groups } = LOCAL_POLICY;
    const [lead, dev] = [follow(leads), follow(devs)];
    await Promise.all([lead, dev].map(({ until }) => until("id: 2")));

    rules = Policy.parse({ people, groups: { ...groups, "dev-team": NOBODY, approvers: NOBODY } });
    const cut = await lead.until(null);
    await api.house.runs.record(held, read(3));
    await api.house.runs.end(held, "done");
    const whole = await dev.until(null);

    expect(cut.match(/^(id|event): .*$/gm)).toEqual(["id: 1", "id: 2"]);
    expect(whole.match(/^(id|event): .*$/gm)).toEqual(["id: 1", "id: 2", "id: 3", "event: end"]);
  });

  test("is not there before anything ran", async () => {
    const answer = await api.get(`/deployments/${await created()}/logs`);

    expect(answer).toMatchObject({ status: 404, json: { code: "no-run-yet" } });
  });

  test("has fifty readers at most, and takes another once one has left", async () => {
    const { id, held } = await running();
    const leave = new AbortController();
    const open = () =>
      fetch(`${api.base}/deployments/${id}/logs`, {
        headers: { "x-console-user": "dev" },
        signal: leave.signal,
      });
    const readers = await Promise.all(Array.from({ length: 50 }, open));

    const refused = await api.get(`/deployments/${id}/logs`);
    leave.abort();
    await api.house.runs.end(held, "done");
    const again = expect.poll(async () => (await api.get(`/deployments/${id}/logs`)).status);

    expect(readers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(refused).toMatchObject({ status: 503, json: { code: "too-many-readers" } });
    await again.toBe(200);
  });
});

/** A stream that is read up to these words, or to its end; answers all that has come. */
function follow(response: Response | undefined) {
  const reader = response?.body?.pipeThrough(new TextDecoderStream()).getReader();
  let come = "";
  return {
    async until(words: string | null): Promise<string> {
      let read = await reader?.read();
      while (read?.value !== undefined) {
        come += read.value;
        if (words !== null && come.includes(words)) {
          break;
        }
        read = await reader?.read();
      }
      return come;
    },
  };
}
