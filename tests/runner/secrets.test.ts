import { expect, test } from "vitest";
import type { ModuleVariable } from "#deployments/ports.ts";
import { sensitiveValues } from "#runner/secrets.ts";
import { MODULE } from "#tests/support/deployments.ts";

test("sensitive values are those of now and those that they replace, numbers too, and what a state hides", () => {
  const variables = [variable("login", true), variable("pin", true), variable("size", false)];
  const before = { login: { user: "u", password: "old-password" }, size: 1234567 };
  const now = { login: { user: "u", password: "new-password" }, pin: 7654321 };
  const state = JSON.stringify({
    outputs: { shown: { value: "plain" }, hidden: { value: ["kept"], sensitive: true } },
  });

  const values = sensitiveValues({ ...MODULE, variables }, [now, before], state);

  expect(values.toSorted()).toEqual(["7654321", "kept", "new-password", "old-password", "u", "u"]);
});

function variable(name: string, sensitive: boolean): ModuleVariable {
  return {
    name,
    sensitive,
    description: "",
    required: false,
    nullable: true,
    advanced: false,
    type: "any",
    schema: {},
    default: null,
    label: { en: name, ko: name },
    choices: [],
  };
}
