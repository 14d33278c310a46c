import { beforeAll, expect, test } from "vitest";
import { withRegionWords } from "#deployments/region-words.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { rulesOver, short } from "./offline-fixtures.ts";

let read: ReturnType<typeof rulesOver>;

beforeAll(async () => {
  const regions = openRegions("terraform/regions.yaml");
  read = rulesOver(withRegionWords(await openCatalogue("terraform/modules"), regions));
});

const SEOUL = '"region":"ap-northeast-2"';
const TOKYO = '"region":"ap-northeast-1"';

test.each([
  ["staging VPC in Seoul, please", `{"module":"aws_vpc","environment":"stg","vars":{${SEOUL}}}`],
  [
    "staging VPC in Seoul, two zones",
    `{"module":"aws_vpc","environment":"stg","vars":{"az_count":2,${SEOUL}}}`,
  ],
  [
    "Create a staging AWS VPC in us-east-1",
    '{"module":"aws_vpc","environment":"stg","vars":{"region":"us-east-1"}}',
  ],
  [
    "I need a dev VPC called net-a in Tokyo with three zones",
    `{"module":"aws_vpc","name":"net-a","environment":"dev","vars":{"az_count":3,${TOKYO}}}`,
  ],
  [
    "make me a GCP network in Seoul for dev, project id is shop-dev-1",
    '{"module":"gcp_network","environment":"dev","vars":{"project_id":"shop-dev-1","region":"asia-northeast3"}}',
  ],
  [
    "an S3 bucket named logs-a for staging",
    '{"module":"aws_s3_bucket","name":"logs-a","environment":"stg"}',
  ],
  [
    "서울에 스테이징 VPC 만들어 주세요, 가용 영역 두 개로",
    `{"module":"aws_vpc","environment":"stg","vars":{"az_count":2,${SEOUL}}}`,
  ],
  [
    "스테이징 VPC 서울 리전, 가용 영역 2개",
    `{"module":"aws_vpc","environment":"stg","vars":{"az_count":2,${SEOUL}}}`,
  ],
  [
    "개발용 S3 버킷 logs-b 만들어줘",
    '{"module":"aws_s3_bucket","name":"logs-b","environment":"dev"}',
  ],
  ["도쿄에 개발 VPC 하나 만들어 줘", `{"module":"aws_vpc","environment":"dev","vars":{${TOKYO}}}`],
  ["create a vpc for staging", '{"module":"aws_vpc","environment":"stg"}'],
  ["staging vpc, zones: 3", '{"module":"aws_vpc","environment":"stg","vars":{"az_count":3}}'],
  ["dev VPC with five zones", '{"module":"aws_vpc","environment":"dev","vars":{"az_count":5}}'],
  ["개발 VPC, 영역 세 개", '{"module":"aws_vpc","environment":"dev","vars":{"az_count":3}}'],
  [
    "create a vpc region=seoul environment=dev",
    `{"module":"aws_vpc","environment":"dev","vars":{${SEOUL}}}`,
  ],
  [
    "staging VPC in Seoul (ap-northeast-2)",
    `{"module":"aws_vpc","environment":"stg","vars":{${SEOUL}}}`,
  ],
  [
    "staging VPC for shop in Seoul",
    `{"module":"aws_vpc","name":"shop","environment":"stg","vars":{${SEOUL}}}`,
  ],
  [
    "dev network in us-west-2",
    '{"module":"aws_vpc","environment":"dev","vars":{"region":"us-west-2"}}',
  ],
  [
    "대한민국 리전에 운영 VPC 부탁해요",
    `{"module":"aws_vpc","environment":"prod","vars":{${SEOUL}}}`,
  ],
  [
    "make a storage bucket in us-central1, project id: shop-dev-1",
    '{"module":"gcp_storage_bucket","vars":{"project_id":"shop-dev-1","location":"us-central1"}}',
  ],
  [
    "dev VPC with one NAT gateway per zone in Singapore",
    '{"module":"aws_vpc","environment":"dev","vars":{"nat_mode":"per_az","region":"ap-southeast-1"}}',
  ],
  // What no cloud knows, and what only the other one knows, is passed on as it was said.
  ["staging VPC in seol", '{"module":"aws_vpc","environment":"stg","vars":{"region":"seol"}}'],
  ["create a vpc in Pyongyang", '{"module":"aws_vpc","vars":{"region":"Pyongyang"}}'],
  ["create a vpc in us-east-9", '{"module":"aws_vpc","vars":{"region":"us-east-9"}}'],
  [
    "서을에 스테이징 VPC 만들어줘",
    '{"module":"aws_vpc","environment":"stg","vars":{"region":"서을"}}',
  ],
  [
    "create an AWS VPC in asia-northeast3",
    '{"module":"aws_vpc","vars":{"region":"asia-northeast3"}}',
  ],
])("“%s” is a request for %s", (text, expected) => {
  const understood = read(text);

  expect(short(understood)).toBe(`create_deployment ${expected}`);
});

test.each([
  "staging VPC",
  "staging VPC in Seoul, two zones",
  "스테이징 VPC 서울 리전, 가용 영역 2개",
  "make me an S3 bucket called logs-a in Tokyo",
])("every word of “%s” is used", (text) => {
  const understood = read(text);

  expect(understood).toMatchObject({ does: "call", unused: [] });
});

test.each([
  ["VPC", "say canDo"],
  ["my VPC is slow", "say canDo"],
  ["staging VPC in Seoul?", "say canDo"],
  ["the staging VPC", "say canDo"],
  ["show staging VPC", 'get_deployment {"deployment":"vpc"}'],
  ["스테이징 VPC 어때?", 'get_deployment {"deployment":"vpc"}'],
  ["staging VPC outage", "say canDo"],
  ["staging VPC in Seoul and Tokyo", "say canDo"],
  [
    "change shop region to Tokyo",
    'plan_deployment {"deployment":"shop","vars":{"region":"ap-northeast-1"}}',
  ],
  ["destroy tokyo", 'destroy_deployment {"deployment":"tokyo"}'],
  ["destroy net-a in Tokyo", 'destroy_deployment {"deployment":"net-a"}'],
  ["teach me about Seoul", 'open_lesson {"lesson":"Seoul"}'],
])("“%s” opens no request: %s", (text, expected) => {
  const understood = read(text);

  expect(short(understood)).toBe(expected);
});

test("days that could mean two variables, or one that nobody sees, mean neither", () => {
  const said = ["an S3 bucket for staging for 3 days", "create a dev VPC for 3 days"].map((text) =>
    short(read(text)),
  );

  expect(said.join()).not.toContain("days");
});

test.each([
  ["staging network in Seoul", ["aws_vpc", "gcp_network"], "gcp_network"],
  ["서울에 스테이징 네트워크 만들어줘", ["aws_vpc", "gcp_network"], "gcp_network"],
])(
  "“%s” fits two clouds: it asks, and the place becomes the chosen cloud's",
  (text, offered, pressed) => {
    const asked = read(text);
    const pending = asked.does === "ask" ? asked.pending : null;

    const chosen = read(pressed, pending);
    const done = chosen.does === "ask" ? read("shop-dev-1", chosen.pending) : null;

    expect(asked.does === "ask" && asked.choices.map(({ say }) => say)).toEqual(offered);
    expect(short(chosen)).toBe("ask create_deployment vars.project_id");
    expect(done && short(done)).toBe(
      'create_deployment {"module":"gcp_network","environment":"stg","vars":{"project_id":"shop-dev-1","region":"asia-northeast3"}}',
    );
  },
);

test("a list is answered by its items", () => {
  const asked = read("create an eks cluster called shop");
  const pending = asked.does === "ask" ? asked.pending : null;

  const done = read("subnet-0a1b2c3d, subnet-0f9e8d7c", pending);

  expect(short(asked)).toBe("ask create_deployment vars.subnet_ids");
  expect(done).toMatchObject({
    args: { vars: { subnet_ids: ["subnet-0a1b2c3d", "subnet-0f9e8d7c"] } },
  });
});
