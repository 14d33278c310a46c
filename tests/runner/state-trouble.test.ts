import { expect, test } from "vitest";
import { isLockOf } from "#runner/bucket-lock.ts";
import { lockIn, stateTrouble } from "#runner/state-trouble.ts";

const LOCKED = `Error acquiring the state lock: Error message: operation error S3: PutObject, https response error StatusCode: 412
Lock Info:
  ID:        0c2b7a3e-1111-2222-3333-444455556666
  Path:      team-state/mcp/dep-1/terraform.tfstate
  Operation: OperationTypeApply
  Who:       mina@build-7
  Version:   1.11.4
  Created:   2026-11-21 09:00:00 +0000 UTC
  Info:

Terraform acquires a state lock to protect the state from being written.`;

test("a lock that is held is told with its holder, in both languages", () => {
  for (const lang of ["en", "ko"] as const) {
    const said = stateTrouble(LOCKED, lang) ?? "";

    expect(said).toContain("mina@build-7");
    expect(said).toContain("2026-11-21 09:00:00");
    expect(said).toContain("0c2b7a3e-1111-2222-3333-444455556666");
    expect(said).not.toContain("{");
  }
});

test("a lock whose holder is not named is told without one", () => {
  const said = stateTrouble("Error acquiring the state lock: HTTP 423", "en") ?? "";

  expect(said).toContain("Somebody else holds the lock");
  expect(said).not.toContain("{");
});

test("a holder cannot fill a card: what it wrote is one short line", () => {
  const said = stateTrouble(LOCKED.replace("mina@build-7", "x".repeat(5_000)), "en") ?? "";

  expect(said.length).toBeLessThan(500);
});

test("Terraform's other words stay its own", () => {
  expect(stateTrouble("Invalid count argument: it is negative", "en")).toBeNull();
});

test("a lock is read from what a terminal is told, whatever frames and colours it", () => {
  const framed = LOCKED.split("\n")
    .map((line) => `\u001B[31m│\u001B[0m ${line}`)
    .join("\n");

  const since = new Date("2026-11-21T09:00:00Z");
  expect([lockIn(LOCKED)?.since, lockIn(framed)]).toEqual([
    since,
    { id: "0c2b7a3e-1111-2222-3333-444455556666", since },
  ]);
  expect([lockIn("No matching objects found."), lockIn(LOCKED.replace("Created", "At"))]).toEqual([
    null,
    null,
  ]);
});

test.each([
  ["08:59:58.000", "09:00:00.500", true],
  ["09:00:00.001", "09:00:01.000", false],
  ["08:59:58.000", "08:59:59.999", false],
  ["08:59:58.000", null, false],
])(
  "a lock of 09:00 is that of an apply from %s that began its work at %s: %s",
  (from, began, is) => {
    const step = { seq: 1, at: today(from), type: "step", message: "apply", address: null };
    const start = began === null ? [] : [{ ...step, at: today(began), type: "apply_start" }];

    expect(isLockOf({ id: "x", since: today("09:00:00.000") }, [step, ...start])).toBe(is);
  },
);

function today(time: string): Date {
  return new Date(`2026-11-21T${time}Z`);
}
