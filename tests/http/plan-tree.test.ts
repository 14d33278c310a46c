import { expect, test } from "vitest";
import { planRows } from "#http/plan-tree.ts";

function change(address: string, actions: string[], more: object = {}) {
  return { address, change: { actions, before: null, after: { name: "a" }, ...more } };
}

test("replaces and deletes stand first, then by address", () => {
  const rows = planRows({
    resource_changes: [
      change("module.main.a.one", ["create"]),
      change("module.main.b.two", ["no-op"]),
      change("module.main.c.three", ["delete"]),
      change("module.main.a.one[10]", ["create"]),
      change("module.main.a.one[2]", ["create"]),
      change("module.main.d.four", ["delete", "create"]),
      change("module.main.e.five", ["update"]),
    ],
  });

  expect(rows.map(({ action, address }) => `${action} ${address}`)).toEqual([
    "replace module.main.d.four",
    "delete module.main.c.three",
    "update module.main.e.five",
    "create module.main.a.one",
    "create module.main.a.one[2]",
    "create module.main.a.one[10]",
    "no-op module.main.b.two",
  ]);
});

test.each([
  ["aws_vpc.this", ""],
  ["module.main.aws_vpc.this[0]", "module.main"],
  [`module.main.module.subnets["a.b"].aws_subnet.this["x"]`, `module.main.module.subnets["a.b"]`],
  [`module.zones[2].aws_subnet.this`, "module.zones[2]"],
  [`module.main.module.q["say \\"hi\\"."].t.n`, `module.main.module.q["say \\"hi\\"."]`],
])("%s stands in the module %o", (address, module) => {
  expect(planRows({ resource_changes: [change(address, ["create"])] })[0]?.module).toBe(module);
});

test("a plan that keeps nothing has no rows", () => {
  expect(planRows({})).toEqual([]);
});
