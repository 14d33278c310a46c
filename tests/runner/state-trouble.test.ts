import { expect, test } from "vitest";
import { stateTrouble } from "#runner/state-trouble.ts";

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
