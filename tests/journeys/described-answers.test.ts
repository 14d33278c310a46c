import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { DeploymentAnswer, ProblemAnswer } from "#http/answers.ts";
import { DESCRIBED, refusalsOf } from "#http/described.ts";
import { openProduct, until, type Product } from "#tests/support/product.ts";

let product: Product;
const met = new Set<string>();

beforeAll(async () => {
  product = await openProduct();
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

type Asking = { readonly as?: string; readonly body?: unknown };

/** Asks the real program and reads its answer by the route's own schema, unknown fields refused. */
async function read(
  route: keyof typeof DESCRIBED,
  path: string,
  { as = "dev", body }: Asking = {},
) {
  const described = DESCRIBED[route];
  const answer = route.startsWith("GET")
    ? await product.get(as, path)
    : await product.post(as, path, body);
  if (answer.status < 400) {
    met.add(route);
    expect(described.statuses).toContain(answer.status);
    return z.instanceof(z.ZodType).parse(described.answer).parse(answer.body);
  }
  const problem = ProblemAnswer.parse(answer.body);
  expect(refusalsOf(route, described)).toContain(problem.code);
  return problem;
}

async function seen(name: string) {
  return DeploymentAnswer.parse(await read("GET /deployments/{id}", `/deployments/${name}`));
}

async function settled(name: string) {
  const moving = ["planning", "approved", "applying", "destroying"];
  return until(
    () => seen(name),
    ({ status }) => !moving.includes(status),
  );
}

async function vote(name: string, decision: "approve" | "reject") {
  const digest = (await seen(name)).plan?.digest;
  const body = { decision, digest, reason: "seen", confirmName: name };
  return read("POST /deployments/{id}/vote", `/deployments/${name}/vote`, { as: "lead", body });
}

test("every JSON answer from a request to its end is as the description says", async () => {
  const at = "/deployments/told";
  const body = { name: "told", module: "local_app_env", vars: {} };

  await read("POST /deployments", "/deployments", { body });
  await read("POST /deployments/{id}/plan", `${at}/plan?wait=60`, { body: {} });
  await read("GET /deployments/{id}/plan", `${at}/plan`);
  await read("POST /deployments/{id}/approve", `${at}/approve`);
  await vote("told", "approve");
  const live = await settled("told");
  await read("POST /deployments/{id}/apply", `${at}/apply`);
  await read("POST /deployments/{id}/drift", `${at}/drift?wait=60`);
  await read("POST /deployments/{id}/destroy", `${at}/destroy`);
  await settled("told");
  await read("POST /deployments/{id}/cancel", `${at}/cancel`);
  const after = await seen("told");
  await read("GET /deployments", "/deployments?limit=5&status=applied");
  await read("GET /deployments/{id}/events", `${at}/events`);

  expect([live.status, live.resources.length > 0, live.outputs.length > 0]).toEqual([
    "applied",
    true,
    true,
  ]);
  expect(after).toMatchObject({ status: "applied", drift: { outcome: "none" } });
});

test("so are the catalogue, the lessons and what operators ask", async () => {
  const Tree = z.object({
    parts: z.array(
      z.object({ days: z.array(z.object({ lessons: z.array(z.object({ path: z.string() })) })) }),
    ),
  });

  await read("GET /modules", "/modules");
  await read("GET /modules/{name}", "/modules/aws_vpc");
  await read("GET /healthz", "/healthz");
  await read("GET /readyz", "/readyz");
  const tree = Tree.parse(
    await read("GET /api/v1/curriculum/tree", "/api/v1/curriculum/tree?lang=ko"),
  );
  const paths = tree.parts.flatMap(({ days }) =>
    days.flatMap(({ lessons }) => lessons.map(({ path }) => path)),
  );
  for (const path of paths) {
    await read("GET /api/v1/curriculum/content", `/api/v1/curriculum/content?path=${path}`);
  }

  expect(paths.length).toBeGreaterThan(0);
});

test("so are refusals, each with a code that its route names", async () => {
  const refused = [
    await read("POST /deployments", "/deployments", {
      body: { name: "--config=x", module: "local_app_env" },
    }),
    await read("POST /deployments", "/deployments", {
      body: { name: "no-module", module: "aws_vpn" },
    }),
    await read("POST /deployments", "/deployments", { body: { nome: "x" } }),
    await read("GET /deployments", "/deployments?colour=red"),
    await read("GET /deployments/{id}", "/deployments/nobody-has-it"),
    await read("GET /deployments", "/deployments", { as: "mallory" }),
    await read("POST /deployments/{id}/apply", "/deployments/told/apply"),
    await read("GET /deployments/{id}/lock", "/deployments/told/lock"),
    await read("GET /deployments/{id}/lock", "/deployments/told/lock", { as: "ops" }),
    await read("POST /deployments/{id}/unlock", "/deployments/told/unlock", { as: "ops" }),
    await read("POST /deployments/{id}/cancel", "/deployments/told/cancel"),
    await read("GET /modules/{name}", "/modules/nothing"),
    await read(
      "GET /api/v1/curriculum/content",
      "/api/v1/curriculum/content?path=../../etc/passwd",
    ),
  ];

  const codes = refused.map(
    (problem) => z.object({ code: z.string() }).safeParse(problem).data?.code,
  );

  expect(codes).not.toContain(undefined);
});

test("no JSON route was left out but those that need a lock nobody hears from", () => {
  const json = Object.entries(DESCRIBED).filter(([, { answer }]) => typeof answer !== "string");

  const left = json.map(([route]) => route).filter((route) => !met.has(route));

  expect(left).toEqual(["GET /deployments/{id}/lock", "POST /deployments/{id}/unlock"]);
});
