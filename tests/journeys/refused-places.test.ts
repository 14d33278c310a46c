import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { linesOf } from "#commands/card-reading.ts";
import { messagesOf, offers, press, say, waitFor } from "#commands/console-client.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

/** What people mistype, in plain words, and what each of them must read before Terraform starts. */
const CASES = [
  {
    what: "a region that is none, with the one that was meant",
    en: ["staging VPC in seol", ["“seol” is no region of aws", "region=ap-northeast-2"]],
    ko: [
      "seol 리전에 스테이징 VPC 만들어 줘",
      ["“seol”은(는) aws에 없는 리전", "region=ap-northeast-2"],
    ],
  },
  {
    what: "a region of the other cloud",
    en: [
      "create aws_vpc name=far region=asia-northeast3",
      ["asia-northeast3 is a region of", "ap-northeast-2"],
    ],
    ko: [
      "aws_vpc 만들어 줘 name=far-ko region=asia-northeast3",
      ["asia-northeast3은(는)", "ap-northeast-2"],
    ],
  },
  {
    what: "a mistyped variable",
    en: ["create aws_vpc name=typo az_cuont=2", ["no variable of aws_vpc", "az_count"]],
    ko: ["aws_vpc 만들어 줘 name=typo-ko az_cuont=2", ["변수가 없습니다", "az_count"]],
  },
  {
    what: "a value of the wrong type",
    en: ["create aws_vpc name=type az_count=many", ["“az_count” must be a number"]],
    ko: ["aws_vpc 만들어 줘 name=type-ko az_count=many", ["“az_count” 값은 숫자여야"]],
  },
] as const;

const Made = z.object({ status: z.string() });
const Listed = z.object({
  items: z.array(z.object({ name: z.string(), vars: z.record(z.string(), z.json()) })),
});

let product: Product;
beforeAll(async () => {
  product = await openProduct();
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

/** All that stands in the thread once something in it `fits`. */
async function answerTo(text: string, fits: (said: string) => boolean): Promise<string> {
  const thread = await say(product.url(), { user: "dev", text });
  return until(async () => {
    const messages = await messagesOf(product.url(), { user: "dev", thread });
    return messages
      .filter(({ from }) => from !== "dev")
      .map(({ card, text: plain = "" }) => [plain, ...linesOf(card)].join("\n"))
      .join("\n");
  }, fits);
}

/** Work trees of runs: none before Terraform was started. */
function runsStarted(): number {
  const folder = join(product.dataDir, "runs");
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

describe.each(["en", "ko"] as const)("said in %s and refused before Terraform starts", (lang) => {
  test.each(CASES)("$what", async (one) => {
    const [text, parts] = one[lang];

    const said = await answerTo(text, (all) => all.includes(parts[0]));

    expect(parts.filter((part) => !said.includes(part))).toEqual([]);
    expect(runsStarted()).toBe(0);
  });
});

test("a range that overlaps is told in both languages with the network it overlaps", async () => {
  const first = { name: "net-one", module: "aws_vpc", vars: { cidr: "10.20.0.0/16" } };
  const second = { ...first, name: "net-two" };
  const made = await product.post("dev", "/deployments?plan=true", first);
  expect(made.status).toBe(201);

  const advised = await product.post("dev", "/deployments", second);
  const inKorean = await answerTo("aws_vpc 만들어 줘 name=net-three cidr=10.20.0.0/16", (all) =>
    all.includes("겹쳐서"),
  );

  expect(Made.parse(advised.body).status).toBe("created");
  expect(JSON.stringify(advised.body)).toContain("overlaps");
  expect(JSON.stringify(advised.body)).toContain("net-one");
  expect(inKorean).toContain("10.20.0.0/16");
});

test("a region that is none is put right by one press, and a second press makes no second one", async () => {
  const thread = await say(product.url(), { user: "dev", text: "staging VPC in seol, two zones" });
  const where = { user: "dev", thread };
  const message = await waitFor(product.url(), where, (each) => offers(each, "say"));
  const pressing = { ...where, message, what: "say" };

  await press(product.url(), pressing);
  await waitFor(product.url(), where, (each) => linesOf(each.card).join(" ").includes("stg-vpc"));
  await press(product.url(), pressing);
  await waitFor(product.url(), where, (each) => linesOf(each.card).join(" ").includes("in use"));

  const { body } = await product.get("dev", "/deployments");
  const made = Listed.parse(body).items.filter(({ name }) => name.startsWith("stg-vpc"));
  expect(made.map(({ vars }) => vars)).toEqual([{ az_count: 2, region: "ap-northeast-2" }]);
});
