import { expect, test } from "vitest";
import type { AuditEvent } from "#deployments/ports.ts";
import { tokenAlarm } from "#http/token-alarm.ts";
import { SILENT } from "#telemetry/log.ts";

function record() {
  const rows: AuditEvent[] = [];
  const world = { now: new Date("2026-11-21T08:00:00Z") };
  const alarm = tokenAlarm({
    audit: async (event) => void rows.push(event),
    clock: () => world.now,
    log: SILENT,
  });
  return { rows, world, alarm };
}

test("a refused token is on the record with why and whose it was", () => {
  const { rows, alarm } = record();

  alarm({ why: "token-revoked", id: "ci-aaaaaaaaaa" });

  expect(rows).toEqual([
    {
      deployment: null,
      actor: "system",
      action: "token-refused",
      detail: { why: "token-revoked", token: "ci-aaaaaaaaaa" },
    },
  ]);
});

test("a stranger who tries a thousand tokens leaves ten rows a minute and a count", () => {
  const { rows, world, alarm } = record();
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    alarm({ why: "token-unknown", id: null });
  }
  const inOneMinute = rows.length;

  world.now = new Date(world.now.getTime() + 60_000);
  alarm({ why: "token-unknown", id: null });

  expect(inOneMinute).toBe(10);
  expect(rows.slice(10).map(({ action, detail }) => [action, detail["count"]])).toEqual([
    ["tokens-refused", 990],
    ["token-refused", undefined],
  ]);
});

test("a record that cannot be written does not keep the answer from the caller", async () => {
  const alarm = tokenAlarm({
    audit: () => Promise.reject(new Error("the database is away")),
    clock: () => new Date(0),
    log: SILENT,
  });

  expect(() => alarm({ why: "token-unknown", id: null })).not.toThrow();
});
