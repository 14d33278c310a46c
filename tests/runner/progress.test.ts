import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunEvent } from "#deployments/run.ts";
import { LONG_LINE, splitLines } from "#runner/lines.ts";
import { CUT_MESSAGE, readOutput, type OutputReader, type Reading } from "#runner/progress.ts";
import { createRedactor } from "#runner/redact.ts";
import { stepLine } from "#runner/stream.ts";

const AT = new Date("2026-11-21T08:00:00Z");
const HOOK = { resource: { addr: "module.this.x.y" }, action: "create", id_value: "i-1" };

function line(type: string, message: string, more: object = { hook: HOOK }): string {
  return `${JSON.stringify({ "@message": message, "@timestamp": AT, type, ...more })}\n`;
}

const OUTPUT = [
  stepLine("apply", AT),
  line("version", "Terraform 1.11.4", {}),
  line("planned_change", "Plan to create", { change: HOOK }),
  line("apply_start", "Creating… 만드는 중"),
  "a panic: 안녕\n",
  line("something_new", "from a later version", { hook: "not what we know" }),
  line("apply_complete", "Creation complete"),
].join("");

describe("reading a run's output", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-output-"));
    file = join(folder, "out.jsonl");
    writeFileSync(file, "");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function reader(more: Partial<Reading> = {}): OutputReader {
    const redact = createRedactor(["correct-horse"]);
    return readOutput({ file, redact, from: 0, seqBefore: 0, now: () => AT, ...more });
  }

  async function all(reading: OutputReader) {
    const events: RunEvent[] = [];
    let last = null;
    for (let read = await reading.next(); read !== null; read = await reading.next()) {
      events.push(...read.events);
      last = read;
    }
    return { events, last };
  }

  test("every line becomes one event, known or not, with Terraform's type and address", async () => {
    writeFileSync(file, OUTPUT);

    const { events, last } = await all(reader());

    expect(events.map(({ seq, type, address }) => [seq, type, address])).toEqual([
      [1, "step", null],
      [2, "version", null],
      [3, "planned_change", "module.this.x.y"],
      [4, "apply_start", "module.this.x.y"],
      [5, "text", null],
      [6, "something_new", null],
      [7, "apply_complete", "module.this.x.y"],
    ]);
    expect(last).toMatchObject({
      outputOffset: Buffer.byteLength(OUTPUT),
      progress: { done: 1, total: 1, current: null, inFlight: 0 },
    });
  });

  test("the lines are the same wherever the bytes are cut", () => {
    const bytes = Buffer.from(OUTPUT);
    const whole = splitLines().push(bytes);

    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const lines = splitLines();

      const found = [bytes.subarray(0, cut), bytes.subarray(cut)].flatMap((part) =>
        lines.push(part),
      );

      expect(found).toEqual(whole);
    }
  });

  test("a cut last line waits for its rest and is counted once", async () => {
    const cut = OUTPUT.length - 40;
    writeFileSync(file, OUTPUT.slice(0, cut));
    const reading = reader();

    const first = await all(reading);
    appendFileSync(file, OUTPUT.slice(cut));
    const second = await all(reading);

    expect([first.events.length, second.events.map(({ seq }) => seq)]).toEqual([6, [7]]);
  });

  test("a later reader goes on behind the stored offset with the same numbers", async () => {
    const [head, tail] = [
      OUTPUT.slice(0, OUTPUT.indexOf("a panic")),
      OUTPUT.slice(OUTPUT.indexOf("a panic")),
    ];
    writeFileSync(file, head);
    const first = await all(reader());
    appendFileSync(file, tail);

    const second = await all(reader({ from: first.last?.outputOffset ?? 0 }));

    expect(second.events.map(({ seq }) => seq)).toEqual([5, 6, 7]);
    expect(second.last?.progress).toEqual({ done: 1, total: 1, current: null, inFlight: 0 });
  });

  test("beyond the cap one event says so, and only the progress goes on", async () => {
    writeFileSync(file, OUTPUT);
    const cap = Buffer.byteLength(OUTPUT.slice(0, OUTPUT.indexOf("a panic"))) + 3;

    const { events, last } = await all(reader({ cap }));

    expect(events.at(-1)).toMatchObject({ seq: 5, message: CUT_MESSAGE });
    expect(events).toHaveLength(5);
    expect(last?.progress).toEqual({ done: 1, total: 1, current: null, inFlight: 0 });
  });

  test("so many lines are the same to it as so many bytes", async () => {
    writeFileSync(file, `${OUTPUT}${"y\n".repeat(1_000)}`);

    const { events } = await all(reader({ mostEvents: 3 }));

    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(events.at(-1)?.message).toBe(CUT_MESSAGE);
  });

  test("a later reader that begins beyond the cap does not tell of it again", async () => {
    writeFileSync(file, OUTPUT);
    const first = await all(reader({ cap: 10 }));
    appendFileSync(file, line("apply_start", "Creating"));

    const second = await all(reader({ cap: 10, from: first.last?.outputOffset ?? 0 }));

    expect([first.events.length, second.events]).toEqual([1, []]);
    expect(second.last?.progress.inFlight).toBe(1);
  });

  test("secrets are taken out, also of an error's detail and of a piecewise program", async () => {
    const diagnostic = { severity: "error", summary: "Bad", detail: "it was correct-horse" };
    writeFileSync(
      file,
      line("diagnostic", "Error: Bad", { diagnostic }) +
        line("provision_progress", "said: correct-") +
        line("provision_progress", "horse!"),
    );

    const { events } = await all(reader());

    expect(events.map(({ message }) => message)).toEqual([
      "Error: Bad\nit was [secret]",
      "said: [secret]",
      "[secret]!",
    ]);
  });

  test("a state that Terraform prints because it could not save it is not shown", async () => {
    const state = { version: 4, outputs: { password: { value: "hunter2" } } };
    const huge = { ...state, filler: "x".repeat(1_100_000) };
    writeFileSync(
      file,
      line("log", "Emergency state dump", { state }) + line("log", "dump", { state: huge }),
    );

    const { events } = await all(reader());

    expect(events.map(({ message }) => message)).toEqual(["Emergency state dump", LONG_LINE]);
  });
});
