import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const SHIPPED = readFileSync(join(ROOT, "terraform/policy.yaml"), "utf8");

describe("npm run policy -- test", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-policy-command-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(text: string, ...args: readonly string[]) {
    const file = join(folder, "policy.yaml");
    writeFileSync(file, text);
    const entry = join(ROOT, "src/commands/policy.ts");
    const argv = args.length === 0 ? ["test", file] : args;
    const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...argv], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "" },
    });
    return { status, stdout, stderr };
  }

  test("every example of the shipped file holds", () => {
    const { status, stdout } = run(SHIPPED);

    expect(stdout).toContain("11 of 11 examples");
    expect(status).toBe(0);
  });

  test("an edit that loosens a rule makes its example fail, with both answers", () => {
    const loosened = SHIPPED.replace("votesOf: { security: 1 }\n    stepUp", "stepUp");

    const { status, stdout, stderr } = run(loosened);

    expect(status).toBe(1);
    expect(stdout).toContain("WRONG");
    expect(stderr).toContain('votesOf should be {"security":1}, but the policy answers {}');
  });

  test("a wrong file is refused with its line and path", () => {
    const wrong = SHIPPED.replace("when: { risk: critical }", "when: { cost: 100 }");
    const line = wrong.split("\n").findIndex((text) => text.includes("cost: 100")) + 1;

    const { status, stderr } = run(wrong);

    expect(status).toBe(1);
    expect(stderr).toContain(`line ${line}, rules.3.when.cost: there are no prices yet`);
  });

  test("a file without examples passes and says that it has none", () => {
    const { status, stdout } = run("people: {}\ngroups: {}\n");

    expect(status).toBe(0);
    expect(stdout).toContain("it has no examples");
  });

  test("a rule that some change can never get enough votes by is a warning, and it passes", () => {
    const few = SHIPPED.replace(
      "members: [sam.lee, ada.park, jo.choi]",
      "members: [sam.lee, ada.park]",
    );

    const [shipped, edited] = [run(SHIPPED), run(few)];

    expect(shipped.stderr).toBe("");
    expect(edited.stderr).toMatch(/WARNING.*databases-that-lose-something.*: sam\.lee, ada\.park/);
  });

  test("anything but `test` prints how it is used", () => {
    expect(run(SHIPPED, "lint")).toMatchObject({ status: 1, stdout: "" });
  });
});
