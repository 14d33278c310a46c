import { describe, expect, test } from "vitest";
import { maskPlan } from "#runner/mask.ts";
import { createRedactor } from "#runner/redact.ts";

const PLAN = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  variables: { password: { value: "correct-horse" } },
  planned_values: { outputs: { password: { value: "correct-horse" } } },
  prior_state: { values: {} },
  configuration: { root_module: {} },
  something_new: { value: "correct-horse" },
  resource_changes: [
    {
      address: "module.this.x.y",
      change: {
        actions: ["update"],
        before: { name: "a", login: { user: "u", pass: "old-one" }, list: ["a", "b"] },
        after: {
          name: "b",
          login: { user: "u", pass: "new-one" },
          list: ["a", "c"],
          plain: "correct-horse",
        },
        before_sensitive: { login: { pass: true }, list: [false, true] },
        after_sensitive: { login: true, list: [] },
        generated_config: "password = correct-horse",
      },
    },
  ],
  output_changes: {
    shown: { actions: ["create"], before: null, after: "v", after_sensitive: false },
    hidden: {
      actions: ["create"],
      before: null,
      after: "w",
      before_sensitive: true,
      after_sensitive: true,
    },
  },
  errored: false,
};

describe("the plan's JSON that leaves the runner", () => {
  const masked = maskPlan(PLAN, createRedactor(["correct-horse"]));

  test("has only the keys we know, none of those with values in clear", () => {
    expect(Object.keys(masked).sort()).toEqual(
      [
        "errored",
        "format_version",
        "output_changes",
        "resource_changes",
        "terraform_version",
      ].sort(),
    );
  });

  test("is masked where the plan marks values as sensitive, and redacted elsewhere", () => {
    expect(masked["resource_changes"]).toMatchObject([
      {
        change: {
          before: {
            name: "a",
            login: { user: "u", pass: "[sensitive]" },
            list: ["a", "[sensitive]"],
          },
          after: { name: "b", login: "[sensitive]", list: ["a", "c"], plain: "[secret]" },
        },
      },
    ]);
    expect(masked["output_changes"]).toMatchObject({
      shown: { after: "v" },
      hidden: { before: null, after: "[sensitive]" },
    });
    expect(JSON.stringify(masked)).not.toContain("correct-horse");
  });
});
