import { expect, test } from "vitest";
import { z } from "zod";
import { openRegistry } from "#agent/tools/registry.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import { isRefusal } from "#text/refusal.ts";
import {
  deployment,
  fakeParts,
  fakeService,
  speaker,
  viewer,
} from "#tests/agent/agent-fixtures.ts";

const tools = platformTools(fakeParts());
const registry = openRegistry(tools);

test("no tool votes, applies or unlocks: the list is this, and a new name is a decision", () => {
  const names = tools.map(({ name, effect }) => `${name}: ${effect}`).toSorted();

  expect(names).toEqual([
    "about: reads",
    "cancel_deployment: proposes",
    "check_drift: reads",
    "create_deployment: proposes",
    "destroy_deployment: proposes",
    "get_deployment: reads",
    "get_logs: reads",
    "help: reads",
    "list_deployments: reads",
    "list_lessons: reads",
    "list_modules: reads",
    "my_progress: reads",
    "open_form: reads",
    "open_lesson: reads",
    "plan_deployment: proposes",
  ]);
  expect(names.filter((name) => /approve|apply|vote|unlock|reject/.test(name))).toEqual([]);
});

test("no tool reaches a vote, an approval or an apply of the service", async () => {
  const reached: string[] = [];
  const trap = (name: string) => async () => {
    reached.push(name);
    return deployment("shop");
  };
  const parts = fakeParts({
    service: fakeService({ vote: trap("vote"), apply: trap("apply"), askApproval: trap("ask") }),
    deployments: {
      seen: async () => deployment("shop"),
      list: async () => ({ items: [], next: null }),
    },
  });
  const all = openRegistry(platformTools(parts));

  for (const { name } of all.tools) {
    await all.call(speaker(["admin"]), name, {});
    await all.call(speaker(["admin"]), name, { deployment: "shop" });
    await all.call(speaker(["admin"]), name, { module: "m", name: "shop" });
  }

  expect(reached).toEqual([]);
});

test("roles decide which tools a model learns of", () => {
  const declared = (...roles: Parameters<typeof viewer>[0]) =>
    registry.declarations(viewer(roles)).map(({ name }) => name);

  expect(declared("requester")).toContain("create_deployment");
  expect(declared("viewer")).toContain("get_deployment");
  expect(declared("viewer")).not.toContain("create_deployment");
  expect(declared("approver")).not.toContain("destroy_deployment");
  expect(declared("learner").toSorted()).toEqual([
    "about",
    "help",
    "list_lessons",
    "list_modules",
    "my_progress",
    "open_lesson",
  ]);
});

/** Google's documented subset of JSON Schema, and length bounds, which it takes as hints. */
const KEYWORDS = new Set(
  `$defs $ref type format title description enum items minItems maxItems minimum maximum anyOf
  properties additionalProperties required minLength maxLength pattern`.split(/\s+/),
);

test.each(tools.map(({ name }) => name))(
  "the schema of %s is an object in the subset models take",
  (name) => {
    const declaration = registry.declarations(viewer(["admin"])).find((each) => each.name === name);

    const used = keywordsOf(declaration?.input);

    expect(declaration?.input).toMatchObject({ type: "object", additionalProperties: false });
    expect(used.filter((keyword) => !KEYWORDS.has(keyword))).toEqual([]);
    expect(name).toMatch(/^[a-z][a-z_]{1,63}$/);
  },
);

test("arguments that nobody declared are refused, and the refusal names the place", async () => {
  const invented = await registry.call(speaker(), "get_deployment", {
    deployment: "shop",
    force: true,
  });
  const wrong = await registry.call(speaker(), "create_deployment", {
    module: "m",
    environment: "moon",
  });
  const none = await registry.call(speaker(), "get_logs", null);

  expect(isRefusal(invented) && invented.params["problem"]).toContain("force");
  expect(isRefusal(wrong) && wrong.params["problem"]).toBe("environment: dev | stg | prod");
  expect(isRefusal(none) && none.code).toBe("bad-arguments");
});

test("an unknown tool is refused", async () => {
  const outcome = await registry.call(speaker(["admin"]), "apply_deployment", {});

  expect(isRefusal(outcome) && outcome.code).toBe("tool-unknown");
});

const Nested = z.record(z.string(), z.unknown());

function keywordsOf(schema: unknown): string[] {
  const parsed = Nested.safeParse(schema);
  if (!parsed.success) {
    return Array.isArray(schema) ? schema.flatMap(keywordsOf) : [];
  }
  return Object.entries(parsed.data).flatMap(([keyword, value]) => {
    const properties = keyword === "properties" ? Nested.parse(value) : null;
    const inner = properties === null ? [value] : Object.values(properties);
    return [keyword, ...inner.flatMap(keywordsOf)];
  });
}
