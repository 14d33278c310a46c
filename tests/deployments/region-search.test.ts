import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RegionsFile } from "#deployments/regions.ts";
import { nearestRegion, regionCalled } from "#deployments/region-search.ts";
import { openRegions } from "#persistence/regions-file.ts";

const REGIONS = openRegions(join(import.meta.dirname, "../../terraform/regions.yaml")).all();

describe("regions", () => {
  test.each([
    ["aws", "ap-northeast-2", "ap-northeast-2"],
    ["aws", "Seoul", "ap-northeast-2"],
    ["aws", "서울", "ap-northeast-2"],
    ["gcp", "SEOUL", "asia-northeast3"],
    ["gcp", "한국", "asia-northeast3"],
    ["aws", "sao paulo", "sa-east-1"],
    ["aws", "us east 1", "us-east-1"],
  ] as const)("in %s “%s” means %s", (cloud, word, code) => {
    expect(regionCalled(REGIONS, cloud, word)?.code).toBe(code);
  });

  test.each([
    ["aws", "seol", "ap-northeast-2"],
    ["aws", "서을", "ap-northeast-2"],
    ["gcp", "Soeul", "asia-northeast3"],
    ["aws", "ap-northeast2", "ap-northeast-2"],
    ["aws", "us-esat-1", "us-east-1"],
    ["gcp", "frankfrut", "europe-west3"],
  ] as const)("in %s the misspelt “%s” is taken for %s", (cloud, word, code) => {
    expect(nearestRegion(REGIONS, cloud, word)?.code).toBe(code);
  });

  test.each(["atlantis", "", "x".repeat(100_000), "__proto__"])(
    "a word like no region has no nearest one",
    (word) => {
      expect(regionCalled(REGIONS, "aws", word)).toBeNull();
      expect(nearestRegion(REGIONS, "aws", word)).toBeNull();
    },
  );

  test("every cloud has the regions that people use", () => {
    const counts = Map.groupBy(REGIONS, ({ cloud }) => cloud);

    expect(counts.get("aws")?.length).toBeGreaterThan(20);
    expect(counts.get("gcp")?.length).toBeGreaterThan(20);
  });

  test("a word that means two regions of one cloud, or a pair that is none, is refused", () => {
    const [one] = REGIONS;
    const twin = { ...one, code: "us-east-9" };
    const lonely = { ...one, pair: "moon-1" };

    const shared = RegionsFile.safeParse({ regions: [one, twin] });
    const wrongPair = RegionsFile.safeParse({ regions: [lonely] });

    expect(shared.error?.message).toContain("means both us-east-1 and us-east-9");
    expect(wrongPair.error?.message).toContain("has the pair moon-1");
  });
});
