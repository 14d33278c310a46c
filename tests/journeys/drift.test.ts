import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { linesOf } from "#commands/card-reading.ts";
import { messagesOf, offers, press, say, waitFor } from "#commands/console-client.ts";
import { openCloud, type Cloud } from "#simulator/cloud.ts";
import { openProduct, type Product } from "#tests/support/product.ts";
import { DRIFT_TITLES } from "#text/drift.ts";
import { say as wording } from "#text/wording.ts";

/** What each language asks with and must read on the cards. */
const LANGUAGES = [
  {
    lang: "en",
    ask: "create a dev AWS VPC called net-en in Seoul",
    name: "net-en",
    drift: "has net-en drifted?",
  },
  {
    lang: "ko",
    ask: "서울에 net-ko라는 개발 AWS VPC 만들어 주세요",
    name: "net-ko",
    drift: "net-ko 드리프트 확인해 줘",
  },
] as const;

const Named = z.object({ id: z.string() });

let product: Product;
let cloud: Cloud;

beforeAll(async () => {
  product = await openProduct();
  cloud = openCloud(join(product.dataDir, "cloud/aws"));
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

/** Presses Approve on a card that was not there before, and waits for the report of its apply. */
async function approveNewest(thread: string, before: ReadonlySet<string>): Promise<void> {
  const where = { user: "lead", thread };
  const card = await waitFor(
    product.url(),
    where,
    (message) => !before.has(message.id) && offers(message, "approve"),
  );
  const seen = new Set([...before, card.id]);
  await press(product.url(), { ...where, message: card, what: "approve" });
  await waitFor(
    product.url(),
    where,
    (message) => !seen.has(message.id) && offers(message, "destroy"),
  );
}

async function idsNow(thread: string): Promise<ReadonlySet<string>> {
  const messages = await messagesOf(product.url(), { user: "lead", thread });
  return new Set(messages.map(({ id }) => id));
}

// Both at once: most of it is waiting for Terraform, and two runs may go on beside each other.
test.concurrent.each(LANGUAGES)(
  "drift of a simulated VPC is named in $lang, and an approved plan brings all of it back",
  async ({ lang, ask, name, drift }) => {
    const isOurs = (object: object) => JSON.stringify(object).includes(name);
    const none = wording(DRIFT_TITLES.none, lang, { name });
    const thread = await say(product.url(), { user: "dev", text: ask });
    await approveNewest(thread, new Set());
    const vpc = (await cloud.list("aws_vpc")).find(isOurs);
    const gateway = (await cloud.list("aws_internet_gateway")).find(isOurs);
    await cloud.edit("aws_vpc", Named.parse(vpc).id, { enable_dns_hostnames: false });
    await cloud.remove("aws_internet_gateway", Named.parse(gateway).id);

    await say(product.url(), { user: "dev", text: drift, thread });
    const found = await waitFor(product.url(), { user: "dev", thread }, (message) =>
      offers(message, "repair"),
    );
    const text = linesOf(found.card).join("\n");
    const before = await idsNow(thread);
    await press(product.url(), { user: "dev", thread, message: found, what: "repair" });
    await approveNewest(thread, before);
    await say(product.url(), { user: "dev", text: drift, thread });
    const after = await waitFor(product.url(), { user: "dev", thread }, (message) =>
      linesOf(message.card).some((line) => line.includes(none)),
    );

    expect(text).toContain("aws_vpc.this");
    expect(text).toContain("enable_dns_hostnames");
    expect(text).toContain("aws_internet_gateway.this");
    expect(offers(after, "approve")).toBe(false);
    expect((await cloud.list("aws_internet_gateway")).filter(isOurs)).toHaveLength(1);
    expect((await cloud.list("aws_vpc")).find(isOurs)).toMatchObject({
      enable_dns_hostnames: true,
    });
  },
);
