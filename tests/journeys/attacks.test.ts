import { request as httpRequest } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { say } from "#commands/console-client.ts";
import { DeploymentAnswer, ListAnswer } from "#http/answers.ts";
import { openBrowser } from "#tests/http/console-fixture.ts";
import { found } from "#tests/support/found.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

const FILE = '${file("/etc/passwd")}';
const SCRIPT = "<script>window.hit = 1</script>";
const PASSWD = /root:[x*]:0:0/;

let product: Product;

beforeAll(async () => {
  // Whatever an operator's shell has set must not steer a run.
  product = await openProduct({
    TF_CLI_ARGS: "-no-such-option",
    TF_CLI_ARGS_plan: "-var-file=/etc/passwd",
    TF_VAR_owner: "smuggled",
    TF_LOG: "trace",
  });
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

async function ask(body: object) {
  const answer = await product.post("dev", "/deployments", body);
  return { status: answer.status, code: codeOf(answer.body) };
}

function codeOf(body: unknown): string | undefined {
  return z.object({ code: z.string() }).safeParse(body).data?.code;
}

async function planned(name: string) {
  const answer = await product.post("dev", `/deployments/${name}/plan?wait=90`);
  const text = await product.get("dev", `/deployments/${name}/plan.txt`);
  return { status: answer.status, text: String(text.body) };
}

async function seen(name: string) {
  return DeploymentAnswer.parse((await product.get("dev", `/deployments/${name}`)).body);
}

test("A12: a template in a variable or a tag is text for Terraform, not a file", async () => {
  const vars = { region: "ap-northeast-2", tags: { note: FILE } };

  await ask({ name: "by-variable", module: "local_app_env", vars: { owner: FILE } });
  await ask({ name: "by-tag", module: "aws_vpc", vars });
  const [variable, tag] = [await planned("by-variable"), await planned("by-tag")];
  const refused = await seen("by-tag");

  expect([variable.status, tag.status]).toEqual([200, 200]);
  expect(`${variable.text}${JSON.stringify(refused)}`).not.toMatch(PASSWD);
  expect(variable.text).toContain('{file(\\"/etc/passwd\\")}');
  // AWS would not take the marks of a template in a tag, so the module does not either.
  expect([refused.status, refused.lastChange?.reason]).toEqual([
    "failed",
    expect.stringContaining("A tag's value has at most"),
  ]);
});

test("A12: a template in a name, a region, a module or an environment is refused", async () => {
  const module = "local_app_env";

  const refused = await Promise.all([
    ask({ name: FILE, module }),
    ask({ name: "by-region", module: "aws_vpc", vars: { region: FILE } }),
    ask({ name: "by-module", module: FILE }),
    ask({ name: "by-environment", module, environment: FILE }),
  ]);

  expect(refused).toEqual([
    { status: 422, code: "bad-name" },
    { status: 422, code: "unknown-region" },
    { status: 422, code: "unknown-module" },
    { status: 422, code: "wrong-body" },
  ]);
});

test("A12: said in the chat, a template stays what was said", async () => {
  const text = `/cloud create local_app_env name=by-words owner='${FILE}'`;

  const thread = await say(product.url(), { user: "dev", text });
  const list = await until(
    async () => ListAnswer.parse((await product.get("dev", "/deployments?name=by-words")).body),
    ({ items }) => items[0]?.status === "awaiting_approval",
  );
  const plan = await product.get("dev", "/deployments/by-words/plan.txt");
  const messages = await product.get("dev", `/console/threads/${thread}?user=dev`);

  expect(list.items[0]?.vars["owner"]).toBe(FILE);
  expect(JSON.stringify([plan.body, messages.body])).not.toMatch(PASSWD);
});

test.each(["--config=x", "-var-file=/etc/passwd", "a b", "../up", "a;id", SCRIPT, "=cmd()"])(
  "A13, A32: “%s” is no name of a deployment",
  async (name) => {
    const asked = await ask({ name, module: "local_app_env" });

    expect(asked).toEqual({ status: 422, code: "bad-name" });
  },
);

test("A13: what the server's own environment tells Terraform reaches no run", async () => {
  await ask({ name: "unsteered", module: "local_app_env" });

  const { status, text } = await planned("unsteered");

  expect(status).toBe(200);
  expect(text).toContain("Plan:");
  expect(text).not.toContain("smuggled");
});

test("A29: no mistake of a request shows a stack, a path of ours or the token it came with", async () => {
  const token = `mcp_ci-aaaaaaaaaa_${"S".repeat(43)}`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const asked = [
    ["GET", "/deployments"],
    ["GET", "/deployments/%E0%A4%A"],
    ["POST", "/deployments", '{"name":'],
    ["POST", "/console/messages", '{"user":'],
    ["POST", "/console/actions", "[]"],
    ["POST", "/s", '{"secret":7}'],
    ["GET", "/shell/none"],
    ["GET", "/d/none/about"],
    ["GET", "/nowhere"],
  ] as const;

  const answers = await Promise.all(
    asked.map(async ([method, path, body]) => {
      const answer = await fetch(`${product.url()}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      return `${answer.status} ${await answer.text()}`;
    }),
  );

  expect(answers.filter((answer) => !/^4\d\d /.test(answer))).toEqual([]);
  expect(answers.join("\n")).not.toMatch(/\.ts:\d|node_modules|\bat \w+ \(|SSSS/);
});

test("A31: 10 MB are refused by the API, the console's wire and the state route", async () => {
  const port = readFileSync(join(product.dataDir, "state-port"), "utf8").trim();
  const doors = [
    "/deployments",
    "/api/v1/deployments",
    "/console/messages",
    "/console/actions",
    "/s",
  ];
  const urls = [
    ...doors.map((door) => `${product.url()}${door}`),
    `http://127.0.0.1:${port}/tf/state/dep-aaaaaaaaaa`,
  ];

  const statuses = await Promise.all(urls.map((url) => pour(url, 10 * 1024 * 1024)));

  expect(statuses).toEqual([413, 413, 413, 413, expect.toSatisfy(isRefused), 401]);
  expect((await product.get("dev", "/readyz")).status).toBe(200);
});

function isRefused(status: number): boolean {
  return status >= 400 && status < 500;
}

/** The status of the answer; what can no longer be sent after it is no mistake. */
function pour(url: string, bytes: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = {
    "content-type": "application/json",
    "content-length": bytes,
    "x-console-user": "dev",
    origin: new URL(url).origin,
  };
  const outgoing = httpRequest(url, { method: "POST", headers }, (response) => {
    resolve(response.statusCode ?? 0);
    response.resume();
    outgoing.destroy();
  });
  outgoing.on("error", reject);
  outgoing.end(Buffer.alloc(bytes, " "));
  return promise;
}

describe.skipIf(found.chromium === null)("A32: in a browser", () => {
  test("markup in a value is shown as text by the chat and by the deployment's page", async () => {
    await using browser = await openBrowser(found.chromium ?? "");
    const chat = await browser.open(`${product.url()}/console`);
    await chat
      .locator("#composer")
      .fill(`/cloud create local_app_env name=marked owner='${SCRIPT}'`);
    await chat.locator("#composer").press("Enter");
    const card = chat.locator(".message.bot", { hasText: "Approval needed: marked" });
    await card.waitFor({ timeout: 60_000 });

    await card.getByRole("button", { name: "Details" }).click();
    const link = chat.getByRole("link", { name: "Open the page" }).last();
    const [page] = await Promise.all([chat.context().waitForEvent("page"), link.click()]);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("window.hit = 1").first().waitFor();

    const hits = await Promise.all([chat, page].map((each) => each.evaluate("window.hit")));
    expect(hits).toEqual([undefined, undefined]);
    expect(browser.complaints).toEqual([]);
  });
});
