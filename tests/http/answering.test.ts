import { once } from "node:events";
import { createServer } from "node:http";
import express from "express";
import { expect, test } from "vitest";
import { z } from "zod";
import { answering } from "#http/answering.ts";
import { deploymentRoutes } from "#http/deployments.ts";
import { moduleRoutes } from "#http/modules.ts";
import { openKeys } from "#persistence/keys.ts";
import { createPlans } from "#persistence/plans.ts";
import { createIdempotency } from "#persistence/idempotency.ts";
import { Secret } from "#telemetry/secret.ts";
import { sayProblem } from "#text/variables.ts";
import { testDatabases } from "#tests/support/databases.ts";
import { heart, MODULE, person, waiting } from "#tests/support/deployments.ts";

const opened = testDatabases().slice(-1);

test.each(opened)("a machine may not vote, whatever rights it has, on $name", async ({ open }) => {
  await using database = await open();
  const house = heart(database.db);
  const { id } = await waiting(house);
  const keys = openKeys({ secret: new Secret("a-secret-key"), previous: null });
  const answer = answering({
    identify: () => ({ ...person("ops"), kind: "machine" }),
    idempotency: createIdempotency(database.db),
    wordProblem: sayProblem,
  });
  const parts = { ...house, ...house.parts, plans: createPlans(database.db, keys) };
  await using server = await serve(deploymentRoutes(parts, answer));

  const body = JSON.stringify({ decision: "approve", digest: "a".repeat(64) });
  const response = await fetch(`${server.base}/deployments/${id}/vote`, { method: "POST", body });

  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: "machine-cannot-vote" });
});

test("the catalogue is listed with the JSON Schema of what a person gives", async () => {
  const variable = {
    name: "size",
    description: "How big.",
    required: false,
    nullable: false,
    advanced: false,
    sensitive: false,
    type: "string",
    schema: { type: "string", enum: ["small", "large"] },
    default: "small",
    label: { en: "Size", ko: "크기" },
    choices: [],
  };
  const own = { ...variable, name: "name", required: true };
  const module = { ...MODULE, variables: [own, variable] };
  const catalogue = {
    modules: () => [module],
    module: (name: string) => (name === module.name ? module : null),
    check: () => [],
  };
  const idempotency = { begin: never, finish: never, forget: never, release: never };
  const answer = answering({ identify: () => person("dev"), idempotency, wordProblem: sayProblem });
  await using server = await serve(moduleRoutes(catalogue, answer));
  const headers = { "accept-language": "ko" };

  const one = await fetch(`${server.base}/modules/${module.name}`, { headers });
  const list = await fetch(`${server.base}/modules`, { headers });
  const none = await fetch(`${server.base}/modules/aws_vpc`);

  expect(await one.json()).toMatchObject({
    title: "시험 환경",
    schema: {
      properties: { size: { enum: ["small", "large"], title: "크기", default: "small" } },
      required: [],
      additionalProperties: false,
    },
  });
  expect(await list.json()).toMatchObject({ items: [{ name: module.name }] });
  expect(await none.json()).toMatchObject({ status: 404, code: "no-such-module" });
});

function never(): Promise<never> {
  return Promise.reject(new Error("a read asked for the idempotency record"));
}

async function serve(router: express.Router) {
  const app = express();
  app.use(express.json({ type: () => true }), router);
  const server = createServer(app);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    base: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
