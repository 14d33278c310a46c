import { expect, test } from "vitest";
import { z } from "zod";
import { linesOf } from "#commands/card-reading.ts";
import { messagesOf, say } from "#commands/console-client.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

const REAL = {
  CLOUD: "real",
  CONSOLE: "on",
  AWS_ACCESS_KEY_ID: "AKIAMADEUPMADEUPMADE",
  AWS_SECRET_ACCESS_KEY: "made-up",
};
const Problem = z.object({ code: z.string(), detail: z.string() });
const Seen = z.object({
  status: z.string(),
  simulated: z.boolean(),
  plan: z.object({ digest: z.string() }).nullable(),
});

async function seen(product: Product, name: string) {
  return Seen.parse((await product.get("dev", `/deployments/${name}`)).body);
}

async function planned(product: Product, name: string) {
  const body = { name, module: "aws_s3_bucket", vars: { region: "ap-northeast-2" } };
  await product.post("dev", "/deployments", body);
  await product.post("dev", `/deployments/${name}/plan?wait=60`);
  await product.post("dev", `/deployments/${name}/approve`);
  const { plan } = await seen(product, name);
  return { decision: "approve", digest: plan?.digest, confirmName: name };
}

/** What the product says to these words, all of it. */
async function answerTo(product: Product, text: string): Promise<string> {
  const thread = await say(product.url(), { user: "dev", text });
  const messages = await until(
    () => messagesOf(product.url(), { user: "dev", thread }),
    (all) => all.some(({ card }) => card !== undefined),
  );
  return messages.flatMap(({ card }) => linesOf(card)).join("\n");
}

test("what was made in the simulated cloud is left alone, and still labelled, once clouds are real", async () => {
  await using product = await openProduct();
  const vote = await planned(product, "drawings");
  await product.post("lead", "/deployments/drawings/vote", vote);
  await until(
    () => seen(product, "drawings"),
    ({ status }) => status === "applied",
  );
  const waitingVote = await planned(product, "sketches");
  await product.stop();

  await product.start(REAL);
  const refused = [
    await product.post("dev", "/deployments/drawings/plan"),
    await product.post("dev", "/deployments/drawings/destroy"),
    await product.post("lead", "/deployments/sketches/vote", waitingVote),
  ];
  const status = await answerTo(product, "/cloud status drawings");
  const inEnglish = await answerTo(product, "/cloud drift drawings");
  const inKorean = await answerTo(product, "drawings 삭제해 줘");

  expect(refused.map((answer) => [answer.status, Problem.parse(answer.body).code])).toEqual(
    Array.from({ length: 3 }, () => [409, "made-in-simulated-cloud"]),
  );
  expect(await seen(product, "drawings")).toMatchObject({ status: "applied", simulated: true });
  expect(status).toContain("SIMULATED");
  expect(inEnglish).toContain("drawings was made in the simulated cloud");
  expect(inKorean).toContain("drawings은(는) 모의 클라우드에 만든 배포");
});
