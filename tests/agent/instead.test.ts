import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withInstead } from "#agent/tools/instead.ts";
import { readCommand } from "#bots/command.ts";
import type { Vars } from "#deployments/change.ts";
import { refusal } from "#text/refusal.ts";
import { subject, variable } from "#tests/deployments/advice-fixtures.ts";

const { module } = subject({});
const SEOUL = { variable: "region", value: "ap-northeast-2" };
const REFUSED = { ...refusal("unknown-region"), suggested: SEOUL };
const HEAD = "/cloud create aws_vpc";

function instead(values: Vars, more = module) {
  return withInstead(REFUSED, { head: HEAD, values, module: more }).instead;
}

describe("the command that asks again with what is suggested", () => {
  test("keeps everything else that was asked for", () => {
    const command = instead({ name: "shop", environment: "stg", region: "seol", az_count: 2 });

    expect(command).toBe(
      "/cloud create aws_vpc name=shop environment=stg az_count=2 region=ap-northeast-2",
    );
  });

  test("is read back as the same values, whatever they are", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
        const values = JSON.parse(JSON.stringify({ name: "shop", tags: value }));
        const command = instead(values);
        fc.pre(command !== undefined);

        expect(readCommand(command ?? "")).toEqual({
          tool: "create_deployment",
          input: {
            module: "aws_vpc",
            name: "shop",
            vars: { tags: values.tags, region: SEOUL.value },
          },
        });
      }),
    );
  });

  test("is not offered where it would hold a secret, be too long or not be read", () => {
    const secret = { ...module, variables: [{ ...variable("password"), sensitive: true }] };

    expect(instead({ password: "x" }, secret)).toBeUndefined();
    expect(instead({ tags: { note: "x".repeat(200) } })).toBeUndefined();
    expect(instead({ "az cont": 2 })).toBeUndefined();
    expect(instead({ note: "it's" })).toBeUndefined();
  });
});
