import { describe, expect, test } from "vitest";
import { readDrift } from "#deployments/drift-reading.ts";

const RULES = {
  sensitive: ["aws_default_security_group.*", "*.block_public_acls"],
  ignore: ["*.tags_all"],
};

type Values = Readonly<Record<string, unknown>>;

function drifted(type: string, before: Values | null, after: Values | null) {
  const actions = [after === null ? "delete" : "update"];
  return { address: `module.this.${type}.this`, type, change: { actions, before, after } };
}

function read(...resource_drift: readonly object[]) {
  const raw = { resource_drift, errored: false };
  return readDrift({ raw, masked: raw, rules: RULES });
}

describe("what a refresh-only plan found", () => {
  test("no drift and no outputs is none, whatever the exit code was", () => {
    const result = readDrift({ raw: { resource_drift: null }, masked: {}, rules: RULES });

    expect(result.outcome).toBe("none");
  });

  test.each([
    ["nothing and an empty list", { a: null }, { a: [] }],
    ["an empty text and nothing", { a: "" }, {}],
    ["a number and the same as text", { a: 7 }, { a: "7" }],
    ["another order of a list", { a: ["x", "y"] }, { a: ["y", "x"] }],
    ["an attribute that the module ignores", { tags_all: { a: "1" } }, { tags_all: { a: "2" } }],
  ])("%s is no drift", (_case, before, after) => {
    expect(read(drifted("aws_vpc", before, after))).toMatchObject({ outcome: "none", items: [] });
  });

  test("a tag is low, an attribute of access high, anything else medium; the worst comes first", () => {
    const result = read(
      drifted("aws_vpc", { tags: { a: "1" } }, { tags: { a: "2", b: "3" } }),
      drifted("aws_subnet", { map: true }, { map: false }),
      drifted("aws_s3_bucket", { block_public_acls: true }, { block_public_acls: false }),
    );

    expect(result.outcome).toBe("changed");
    expect(result.items.map(({ type, severity }) => [type, severity])).toEqual([
      ["aws_s3_bucket", "high"],
      ["aws_subnet", "medium"],
      ["aws_vpc", "low"],
    ]);
    expect(result.items[2]?.attributes).toEqual([
      { path: "tags.a", before: "1", after: "2" },
      { path: "tags.b", before: "null", after: "3" },
    ]);
  });

  test("what is gone is told as deleted and is high", () => {
    const result = read(drifted("aws_vpc", { id: "vpc-1" }, null));

    expect(result).toMatchObject({
      outcome: "deleted",
      items: [{ is: "deleted", severity: "high" }],
    });
  });

  test("a secret that changed is seen, and not shown", () => {
    const raw = { resource_drift: [drifted("x", { pw: { a: "old" } }, { pw: { a: "new" } })] };
    const masked = { resource_drift: [drifted("x", { pw: "[sensitive]" }, { pw: "[sensitive]" })] };

    const result = readDrift({ raw, masked, rules: RULES });

    expect(result.items[0]?.attributes).toEqual([
      { path: "pw.a", before: "[sensitive]", after: "[sensitive]" },
    ]);
  });

  test("more than fifty objects are counted, not kept", () => {
    const many = Array.from({ length: 60 }, (_, at) => drifted("x", { at }, { at: at + 1 }));

    expect(read(...many)).toMatchObject({ more: 10 });
  });

  test("outputs alone are told as that, and a broken plan as an error", () => {
    const output_changes = { seen: { actions: ["update"] }, same: { actions: ["no-op"] } };

    const outputs = readDrift({ raw: { output_changes }, masked: {}, rules: RULES });
    const broken = readDrift({ raw: { errored: true }, masked: {}, rules: RULES });

    expect(outputs).toMatchObject({ outcome: "outputs_only", outputs: ["seen"] });
    expect(broken.outcome).toBe("error");
  });
});
