import { beforeAll, describe, expect, test } from "vitest";
import type { Vars } from "#deployments/change.ts";
import { unmetDemands } from "#deployments/prod-demands.ts";
import { refusedVars } from "#deployments/requesting.ts";
import type { Catalogue } from "#deployments/ports.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { sayProblem } from "#text/variables.ts";

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await openCatalogue("terraform/modules");
});

function unmet(name: string, vars: Parameters<typeof unmetDemands>[1]["vars"], more = {}) {
  const module = catalogue.module(name);
  return module === null ? null : unmetDemands(module, { environment: "prod", vars, ...more });
}

describe("what a module demands in production", () => {
  test("a value or a default that falls short is named, each in one sentence that says what to give", () => {
    const problems = unmet("aws_vpc", { az_count: 1 }) ?? [];

    const said = problems.map((problem) => [sayProblem(problem, "en"), sayProblem(problem, "ko")]);
    expect(problems.map(({ variable, code }) => [variable, code])).toEqual([
      ["nat_mode", "prod-choice"],
      ["az_count", "prod-at-least"],
    ]);
    expect(said[0]?.[0]).toContain(
      "“nat_mode” is none, but in production the module wants per_az.",
    );
    expect(said[1]?.[0]).toContain("Say az_count=2");
    expect(said[0]?.[1]).toContain("nat_mode=per_az 로 요청하거나");
  });

  test("good values are taken, and other environments demand nothing", () => {
    expect(unmet("aws_vpc", { nat_mode: "per_az", az_count: 3 })).toEqual([]);
    expect(unmet("aws_vpc", {}, { environment: "stg" })).toEqual([]);
    expect(unmet("aws_rds_postgres", { multi_az: true, backup_days: 7 })).toEqual([]);
  });

  test("one value that would settle it comes with the refusal; of two none would", () => {
    const refused = (name: string, vars: Vars) => {
      const module = catalogue.module(name);
      const asked = { name: "shop", environment: "prod", vars } as const;
      return module === null ? null : refusedVars(catalogue, module, asked);
    };

    const nat = refused("aws_vpc", {});
    const zones = refused("aws_vpc", { nat_mode: "per_az", az_count: 1 });
    const two = refused("aws_vpc", { az_count: 1 });

    expect(nat?.suggested).toEqual({ variable: "nat_mode", value: "per_az" });
    expect(zones?.suggested).toEqual({ variable: "az_count", value: 2 });
    expect([two?.problems.length, two?.suggested]).toEqual([2, undefined]);
    expect(refused("aws_vpc", { nope: 1, nat_mode: "per_az" })?.suggested).toBeUndefined();
  });

  test("of what stands only the values of this request are judged", () => {
    expect(unmet("aws_vpc", {}, { judged: new Set(["tags"]) })).toEqual([]);
    expect(unmet("aws_vpc", { az_count: 1 }, { judged: new Set(["az_count"]) })).toHaveLength(1);
  });
});
