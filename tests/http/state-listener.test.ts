import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStateListener, StatePortTaken } from "#http/state-listener.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "state-port-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const open = () =>
  openStateListener({ dataDir, listener: (_request, response) => response.end("state") });

test("it answers on loopback and keeps its port for the next start", async () => {
  const first = await open();
  const text = await (await fetch(first.baseUrl)).text();
  await first[Symbol.asyncDispose]();

  const second = await open();
  await second[Symbol.asyncDispose]();

  expect(text).toBe("state");
  expect(second.port).toBe(first.port);
  expect(readFileSync(join(dataDir, "state-port"), "utf8")).toBe(`${first.port}\n`);
});

test("it refuses to start in a sentence when another program has its port", async () => {
  await using _holder = await open();

  const second = open();

  await expect(second).rejects.toThrow(StatePortTaken);
  await expect(second).rejects.toThrow(/is used by another program; stop that program/);
});
