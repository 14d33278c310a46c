import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { found } from "#tests/support/found.ts";
import { until } from "#tests/support/until.ts";
import { openStage, type Stage } from "./stage.ts";

const GROUPS = `
  resource "aws_cloudwatch_log_group" "first" { name = "first" }
  resource "aws_cloudwatch_log_group" "second" {
    name       = "second"
    depends_on = [aws_cloudwatch_log_group.first]
  }
  resource "aws_cloudwatch_log_group" "third" {
    name       = "third"
    depends_on = [aws_cloudwatch_log_group.second]
  }`;

describe.skipIf(found.terraform === null)("faults that a test asks for", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
    stage.write(GROUPS);
    await stage.terraform("init");
  });
  afterEach(() => stage.dispose());

  const inState = async () => (await stage.terraform("state", "list")).text.trim().split("\n");

  test("SIGINT to the whole group lets the running object finish and keeps it", async () => {
    stage.knobs("aws", { aws_cloudwatch_log_group: { create_ms: 1_500 } });
    const { child, ended } = stage.start("apply", "-auto-approve");
    await until("the first create", () => existsSync(join(stage.cloudDir, "aws/delays.log")));

    process.kill(-(child.pid ?? 0), "SIGINT");
    const { code, text } = await ended;

    expect(code).toBe(1);
    expect(text).toContain("aws_cloudwatch_log_group.first: Creation complete");
    expect(await inState()).toEqual(["aws_cloudwatch_log_group.first"]);
    expect(stage.objects()).toEqual(["aws_cloudwatch_log_group/first"]);
    expect(readFileSync(join(stage.cloudDir, "aws/stops.log"), "utf8")).toMatch(/^\d{4}-/);
  });

  test("an error before the create leaves nothing, one after it leaves a tainted object", async () => {
    stage.knobs("aws", {
      aws_cloudwatch_log_group: {
        faults: [
          {
            at: "before create",
            name: "first",
            do: "fail",
            message: "ThrottlingException",
            once: "a",
          },
          {
            at: "after create",
            name: "second",
            do: "fail",
            message: "ServiceUnavailable",
            once: "b",
          },
        ],
      },
    });

    const early = await stage.terraform("apply", "-auto-approve");
    const nothing = stage.objects();
    const late = await stage.terraform("apply", "-auto-approve");
    const mended = await stage.terraform("apply", "-auto-approve");

    expect(early.text).toContain("ThrottlingException");
    expect(nothing).toEqual([]);
    expect(late.text).toContain("ServiceUnavailable");
    expect(mended.text).toContain("2 added, 0 changed, 1 destroyed");
    expect(stage.objects()).toHaveLength(3);
  });

  test("a provider that dies after a create leaves an object that no state knows", async () => {
    stage.knobs("aws", {
      "*": { faults: [{ at: "after create", name: "second", do: "die", once: "death" }] },
    });

    const died = await stage.terraform("apply", "-auto-approve");
    const known = await inState();
    const again = await stage.terraform("apply", "-auto-approve");

    expect(died.code).toBe(1);
    expect(known).toEqual(["aws_cloudwatch_log_group.first"]);
    expect(stage.objects()).toEqual([
      "aws_cloudwatch_log_group/first",
      "aws_cloudwatch_log_group/second",
    ]);
    expect(again.text).toContain("ResourceAlreadyExistsException");
  });
});
