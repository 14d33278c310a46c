import { describe, expect, test } from "vitest";
import { adviseOn } from "#deployments/advice.ts";
import { ADVICE } from "#text/advice.ts";
import { say } from "#text/wording.ts";
import { around, neighbour, NETWORK, subject, told } from "./advice-fixtures.ts";

describe("advice on values", () => {
  test("a range that overlaps another network's is told, with a free one instead", () => {
    const neighbours = [neighbour({ cidr: "10.0.128.0/20" }), neighbour({ cidr: "10.1.0.0/16" })];

    expect(told(subject({}), around({ neighbours }))).toEqual([
      ["warn", "cidr_overlap", "10.2.0.0/16"],
    ]);
  });

  test("the network of people whose things one may not see clashes too, without its name", () => {
    const hidden = neighbour({ cidr: "10.0.0.0/16" }, { name: "secret-net", visible: false });

    const advice = adviseOn(subject({}), around({ neighbours: [hidden] }));

    expect(advice).toMatchObject([{ code: "cidr_taken" }]);
    expect(JSON.stringify(advice)).not.toContain("secret-net");
  });

  test("a deployment does not clash with itself, nor with a network of another cloud", () => {
    const own = neighbour({ cidr: "10.0.0.0/16" });
    const other = neighbour({ cidr: "10.0.0.0/16" }, { cloud: "gcp", module: "gcp_network" });

    expect(told(subject({}, { id: own.id }), around({ neighbours: [own, other] }))).toEqual([]);
  });

  test("a network of the other kind of cloud is in nobody's way", () => {
    const simulated = neighbour({ cidr: "10.0.0.0/16" });

    const real = subject({}, { simulated: false });

    expect(told(real, around({ neighbours: [simulated] }))).toEqual([]);
  });

  test("the ranges of pods and services count as well as those of their subnets", () => {
    const pods = { name: "pods", cidr: "10.20.0.0/16" };
    const one = { name: "a", cidr: "10.1.0.0/20", secondary: [pods] };
    const other = { name: "b", cidr: "10.20.16.0/20", secondary: [] };
    const gcp = { cloud: "gcp", module: "gcp_network" } as const;
    const neighbours = [neighbour({ subnets: [one] }, gcp)];

    const advice = adviseOn(
      subject({ subnets: [other] }, { module: NETWORK }),
      around({ neighbours }),
    );

    expect(advice.find(({ code }) => code === "cidr_overlap")?.params).toMatchObject({
      range: "10.20.16.0/20",
      other: "10.20.0.0/16",
    });
  });

  test.each([
    [{ name: "shop-prod" }, {}, ["warn", "name_says_other", null]],
    [{ environment: "prod", team: null }, {}, ["warn", "prod_without_team", null]],
    [{}, { nat_mode: "per_az" }, ["info", "size_big", "single"]],
    [{ environment: "prod" }, { az_count: 1 }, ["warn", "size_weak", 2]],
    [{}, { tags: { "mcp:owner": "me", a: "b" } }, ["block", "reserved_tags", { a: "b" }]],
    [
      { environment: "prod" },
      { tags: { a: "b" } },
      ["info", "no_team_tag", { a: "b", team: "dev-team" }],
    ],
  ] as const)("%o with %o", (over, vars, expected) => {
    expect(told(subject(vars, over))).toContainEqual(expected);
  });

  test("whatever the values are, advice neither throws nor differs the second time", () => {
    for (const value of [null, 7, true, "x", [], {}, [null], { cidr: 1 }]) {
      const names = ["region", "cidr", "az_count", "nat_mode", "tags", "subnets", "subnet_ids"];
      const odd = subject(Object.fromEntries(names.map((name) => [name, value])));

      expect(adviseOn(odd, around())).toEqual(adviseOn(odd, around()));
    }
  });

  test("every sentence is whole in both languages", () => {
    const neighbours = [neighbour({ cidr: "10.0.0.0/16" })];
    const all = [
      subject({ region: "seol" }),
      subject({ region: "asia-northeast3" }),
      subject({ region: "eu-west-1" }),
      subject({ region: "us-west-1", az_count: 3, nat_mode: "per_az", tags: { "aws:x": "y" } }),
      subject({ region: "ap-east-1" }, { name: "a-stg" }),
      subject({}, { environment: "prod", team: null }),
    ].flatMap((one) => adviseOn(one, around({ neighbours })));

    const sentences = all.flatMap(({ code, params }) =>
      (["en", "ko"] as const).map((lang) => say(ADVICE[code], lang, params)),
    );

    expect(sentences.filter((sentence) => /[{}]|undefined/.test(sentence))).toEqual([]);
    expect(sentences.length).toBeGreaterThan(16);
  });
});
