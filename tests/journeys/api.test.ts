import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Answer } from "#commands/console-client.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

const Seen = z.object({
  id: z.string(),
  status: z.string(),
  standing: z.string(),
  lastChange: z.object({ kind: z.string(), outcome: z.string() }).nullable(),
  plan: z.object({ digest: z.string(), add: z.number() }).nullable(),
  resources: z.array(z.object({ address: z.string(), id: z.string() })),
  runs: z.array(z.object({ id: z.string(), kind: z.string(), status: z.string() })),
});

let product: Product;

beforeAll(async () => {
  product = await openProduct();
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

async function seen(name: string) {
  return Seen.parse((await product.get("dev", `/deployments/${name}`)).body);
}

function codeOf({ status, body }: Answer): [number, unknown] {
  return [status, z.object({ code: z.string() }).parse(body).code];
}

async function created(name: string, vars: object = {}) {
  const body = { name, cloud: "local", module: "local_app_env", vars };
  const answer = await product.post("dev", "/deployments", body);
  expect(answer.status).toBe(201);
  return z
    .object({ id: z.string(), status: z.literal("created"), advice: z.array(z.unknown()) })
    .parse(answer.body);
}

/** Planned and put to the vote; answers the digest. */
async function asked(name: string, vars: object = {}): Promise<string> {
  const planned = await product.post("dev", `/deployments/${name}/plan?wait=60`, { vars });
  expect([planned.status, (await seen(name)).status]).toEqual([200, "planned"]);
  const asking = await product.post("dev", `/deployments/${name}/approve`);
  expect([asking.status < 300, (await seen(name)).status]).toEqual([true, "awaiting_approval"]);
  return (await seen(name)).plan?.digest ?? "";
}

async function applied(name: string, digest: string) {
  const vote = await product.post("lead", `/deployments/${name}/vote`, {
    decision: "approve",
    digest,
    confirmName: name,
  });
  expect(vote.status).toBeLessThan(300);
  return until(
    () => seen(name),
    ({ status }) => !["approved", "applying", "destroying"].includes(status),
  );
}

test("the seeds' request works as it stands and advises the team's own region", async () => {
  const body = { name: "dev-vpc", cloud: "aws", module: "aws_vpc", vars: { region: "us-east-1" } };

  const answer = await product.post("dev", "/deployments", body);

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    status: "created",
    advice: [
      { code: "away_from_team", suggested: { variable: "region", value: "ap-northeast-2" } },
    ],
  });
});

test("a request for a module that is not there is refused with what is available", async () => {
  const body = { name: "dev-vpn", cloud: "aws", module: "aws_vpn", vars: {} };

  const answer = await product.post("dev", "/deployments", body);

  expect(codeOf(answer)).toEqual([422, "unknown-module"]);
  expect(JSON.stringify(answer.body)).toContain("local_app_env");
  expect(answer.body).toMatchObject({ next: expect.stringMatching(/./) });
});

test("a deployment goes from created to destroyed, each apply by its own approved plan", async () => {
  await created("walk");

  const digest = await asked("walk");
  const early = await product.post("dev", "/deployments/walk/apply");
  const live = await applied("walk", digest);
  const again = await product.post("dev", "/deployments/walk/apply");
  const destroying = await product.post("dev", "/deployments/walk/destroy?wait=60");
  const planned = await until(
    () => seen("walk"),
    ({ status }) => status === "planned",
  );
  await product.post("dev", "/deployments/walk/approve");
  const gone = await applied("walk", planned.plan?.digest ?? "");

  expect(codeOf(early)).toEqual([409, "not-approved"]);
  expect([live.status, live.standing, live.resources.length > 0]).toEqual([
    "applied",
    "live",
    true,
  ]);
  expect(again.status).toBe(200);
  expect(destroying.status).toBeLessThan(300);
  expect([gone.status, gone.standing, gone.resources]).toEqual(["destroyed", "destroyed", []]);
  expect(gone.runs.filter(({ kind }) => kind === "apply")).toHaveLength(2);
});

test("a rejected change to an applied deployment leaves it applied and says so", async () => {
  await created("stays");
  await applied("stays", await asked("stays"));

  const digest = await asked("stays", { owner: "team-b" });
  const reject = { decision: "reject", digest, reason: "not now" };
  const answer = await product.post("lead", "/deployments/stays/vote", reject);

  expect(answer.status).toBeLessThan(300);
  expect(await seen("stays")).toMatchObject({
    status: "applied",
    lastChange: { kind: "update", outcome: "rejected" },
  });
});

test("a second plan of what was applied finds nothing to change and asks nobody", async () => {
  await created("same");
  await applied("same", await asked("same"));

  const answer = await product.post("dev", "/deployments/same/plan?wait=60");

  expect(answer.status).toBe(200);
  expect(await seen("same")).toMatchObject({
    status: "applied",
    lastChange: { kind: "update", outcome: "unchanged" },
  });
});

test("a vote by the requester, by a learner, for another plan, twice and after a re-plan is refused", async () => {
  await created("votes");
  const digest = await asked("votes");
  const approve = { decision: "approve", digest };
  const path = "/deployments/votes/vote";

  const requester = await product.post("dev", path, approve);
  const learner = await product.post("student", path, approve);
  const wrong = await product.post("lead", path, { ...approve, digest: "0".repeat(64) });
  await product.post("dev", "/deployments/votes/plan?wait=60", { vars: { owner: "team-c" } });
  const replanned = await product.post("lead", path, approve);
  await product.post("dev", "/deployments/votes/approve");
  const late = await product.post("lead", path, approve);
  await applied("votes", (await seen("votes")).plan?.digest ?? "");
  const twice = await product.post("lead", path, approve);

  expect([requester, learner, wrong, replanned, late, twice].map(codeOf)).toEqual([
    [403, "requester-cannot-vote"],
    [404, "not-found"],
    [409, "plan-changed"],
    [409, "not-asked"],
    [409, "plan-changed"],
    [409, "vote-over"],
  ]);
});

test("wrong values are refused before any plan, one sentence each, in the asker's language", async () => {
  const body = {
    name: "wrong",
    module: "local_app_env",
    vars: { delay_seconds: "long", colour: "red" },
  };

  const answer = await fetch(`${product.url()}/deployments`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-console-user": "dev",
      "accept-language": "ko",
    },
    body: JSON.stringify(body),
  });
  const problem = z
    .object({
      code: z.string(),
      errors: z.array(z.object({ variable: z.string(), detail: z.string() })),
    })
    .parse(await answer.json());

  expect(answer.status).toBe(422);
  expect(problem.errors.map(({ variable }) => variable).sort()).toEqual([
    "colour",
    "delay_seconds",
  ]);
  expect(problem.errors.every(({ detail }) => /[가-힣]/.test(detail))).toBe(true);
});

test("an apply that fails half way says so and can be mended by a new plan", async () => {
  await created("breaks", { fail_at: "create" });
  const broken = await applied("breaks", await asked("breaks"));

  const mended = await applied("breaks", await asked("breaks", { fail_at: "none" }));

  expect([broken.status, broken.standing]).toEqual(["failed", "partial"]);
  expect([mended.status, mended.standing]).toEqual(["applied", "live"]);
});

test("the log of a run and the plan's text can be read, and only by those who may", async () => {
  await created("reads");
  await applied("reads", await asked("reads"));
  const apply = (await seen("reads")).runs.find(({ kind }) => kind === "apply");

  const log = await fetch(`${product.url()}/deployments/reads/logs?run=${apply?.id}`, {
    headers: { "x-console-user": "dev", accept: "application/x-ndjson" },
  });
  const text = await product.get("dev", "/deployments/reads/plan.txt");
  const outsider = await product.get("student", "/deployments/reads/plan.txt");
  const stranger = await fetch(`${product.url()}/deployments`);

  expect(await log.text()).toContain("Creation complete");
  expect(String(text.body)).toContain("Terraform will perform the following actions");
  expect([outsider.status, stranger.status]).toEqual([404, 401]);
});
