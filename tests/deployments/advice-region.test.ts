import { describe, expect, test } from "vitest";
import { around, BUCKET, neighbour, policy, RDS, RUN, subject, told } from "./advice-fixtures.ts";

describe("advice on the region", () => {
  test.each([
    ["seol", "ap-northeast-2"],
    ["Seoul", "ap-northeast-2"],
    ["서울", "ap-northeast-2"],
    ["us-eest-1", "us-east-1"],
    ["atlantis", "ap-northeast-2"],
  ])("“%s” is no region, and %s is suggested", (region, meant) => {
    expect(told(subject({ region }))).toEqual([["block", "unknown_region", meant]]);
  });

  test("a region of the other cloud is told as that, with the same city in this one", () => {
    expect(told(subject({ region: "asia-northeast3" }))).toEqual([
      ["block", "wrong_cloud_region", "ap-northeast-2"],
    ]);
    expect(told(subject({ region: "us-east1" }))).toEqual([
      ["block", "wrong_cloud_region", "us-east-1"],
    ]);
    expect(told(subject({ region: "ap-northeast-2" }, { module: RUN }))).toEqual([
      ["block", "wrong_cloud_region", "asia-northeast3"],
    ]);
  });

  test("a region that the module or the policy does not allow is refused", () => {
    const strict = around({ policy: policy({ regions: { aws: ["ap-northeast-1"] } }) });

    expect(told(subject({ region: "eu-west-1" }))).toEqual([
      ["block", "not_allowed", "ap-northeast-2"],
    ]);
    expect(told(subject({ region: "us-east-1" }), strict)).toEqual([
      ["block", "not_allowed", "ap-northeast-1"],
    ]);
  });

  test.each([
    ["warn", "warn"],
    ["block", "block"],
  ] as const)("data outside the team's residency: %s", (outside, level) => {
    const teams = { "dev-team": { residency: { in: "kr", outside } } };
    const kr = around({ policy: policy({ teams }) });

    expect(told(subject({ region: "us-east-1" }, { module: BUCKET }), kr)).toEqual([
      [level, "residency", "ap-northeast-2"],
    ]);
    expect(told(subject({ region: "us-east-1" }), kr)).toEqual([]);
  });

  test("parts of a deployment elsewhere cannot be used, and one unseen is not named", () => {
    const outputs = [
      { name: "private_subnet_ids", value: '["subnet-0123456789"]', sensitive: false },
    ];
    const network = neighbour({ region: "us-east-1" }, { outputs });
    const database = subject({ subnet_ids: ["subnet-0123456789"] }, { module: RDS });

    const seen = told(database, around({ neighbours: [network] }));
    const unseen = told(database, around({ neighbours: [{ ...network, visible: false }] }));

    expect(seen).toContainEqual(["block", "dependency_region", "us-east-1"]);
    expect(unseen).toEqual([]);
  });

  test("more zones than the region has are cut to those it has", () => {
    expect(told(subject({ region: "us-west-1", az_count: 3 }))).toContainEqual([
      "block",
      "zones",
      2,
    ]);
  });

  test("more zones than the module takes in any region are left to the module", () => {
    const { module } = subject({});
    const variables = module.variables.map((each) =>
      each.name === "az_count" ? { ...each, schema: { type: "integer", maximum: 3 } } : each,
    );

    const vars = { region: "us-west-1", az_count: 7 };
    expect(told(subject(vars, { module: { ...module, variables } }))).not.toContainEqual([
      "block",
      "zones",
      2,
    ]);
  });

  test("a region that must be switched on first is told, with the team's own instead", () => {
    expect(told(subject({ region: "ap-east-1" }))).toContainEqual([
      "warn",
      "opt_in_region",
      "ap-northeast-2",
    ]);
  });

  test("away from the region that the policy gives the team", () => {
    expect(told(subject({ region: "us-east-1" }))).toEqual([
      ["info", "away_from_team", "ap-northeast-2"],
    ]);
    expect(told(subject({}))).toEqual([]);
  });

  test("away from where four of five of the team's others stand; three of five are too few", () => {
    const others = (there: number) =>
      Array.from({ length: 5 }, (_, at) =>
        neighbour({ region: at < there ? "ap-northeast-1" : "us-east-1" }),
      );
    const world = (there: number) => around({ policy: policy({}), neighbours: others(there) });

    expect(told(subject({ region: "us-east-1" }), world(4))).toEqual([
      ["info", "away_from_team", "ap-northeast-1"],
    ]);
    expect(told(subject({ region: "us-east-1" }), world(3))).toEqual([]);
  });

  test("a cheaper region counts only with prices of one day and a tenth less", () => {
    const price = (usd: number, date = "2026-11-01") => ({ usd, date });
    const book = (there: { usd: number; date: string }) =>
      around({
        policy: policy({}),
        prices: (_module, region) =>
          region === "us-east-1" ? price(100) : region === "ap-northeast-1" ? there : null,
      });
    const asked = subject({ region: "us-east-1" });

    expect(told(asked, book(price(90)))).toEqual([["info", "cheaper_region", "ap-northeast-1"]]);
    expect(told(asked, book(price(91)))).toEqual([]);
    expect(told(asked, book(price(50, "2026-10-01")))).toEqual([]);
  });
});
