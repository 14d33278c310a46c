import { join } from "node:path";
import { expect, test } from "vitest";
import { withRegionWords } from "#deployments/region-words.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { rulesOver, short } from "#tests/agent/offline-fixtures.ts";

const TERRAFORM = join(import.meta.dirname, "../../terraform");
const CATALOGUE = withRegionWords(
  await openCatalogue(join(TERRAFORM, "modules")),
  openRegions(join(TERRAFORM, "regions.yaml")),
);

test.each([
  ["Create a staging AWS VPC in Seoul", "ap-northeast-2"],
  ["스테이징 AWS VPC를 서울에 만들어줘", "ap-northeast-2"],
  ["Create a staging AWS VPC in Oregon", "us-west-2"],
  ["Create a staging AWS VPC in us-east-1", "us-east-1"],
])("“%s” means the region %s", (sentence, region) => {
  const read = rulesOver(CATALOGUE);

  expect(short(read(sentence))).toBe(
    `create_deployment ${JSON.stringify({ module: "aws_vpc", environment: "stg", vars: { region } })}`,
  );
});
