import { createServer as createNodeServer, request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { once } from "node:events";
import { z } from "zod";
import { LOCAL_POLICY } from "#deployments/policy.ts";
import { createDeploymentService } from "#deployments/service.ts";
import { createServer, type ServerParts } from "#http/server.ts";
import type { Database } from "#persistence/database.ts";
import { createIdempotency } from "#persistence/idempotency.ts";
import { openKeys } from "#persistence/keys.ts";
import { createPlans } from "#persistence/plans.ts";
import { SILENT } from "#telemetry/log.ts";
import { openMetrics } from "#telemetry/metrics.ts";
import { Secret } from "#telemetry/secret.ts";
import { sayProblem } from "#text/variables.ts";
import { heart } from "#tests/support/deployments.ts";

export type Reply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: Record<string, unknown>;
};

export type Sending = {
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The whole server on real stores, on a free port of loopback; runs are driven by the test. */
export async function openApi(db: Database, change: Partial<ServerParts> = {}) {
  const house = heart(db);
  const place = { platform: "console", conversation: "console", thread: "t" } as const;
  const service = createDeploymentService({ ...house.parts, placesOf: () => [place] });
  const server = createNodeServer();
  const boundPort = () => z.object({ port: z.number() }).parse(server.address()).port;
  const parts: ServerParts = {
    service,
    deployments: house.deployments,
    runs: house.runs,
    plans: createPlans(db, openKeys({ secret: new Secret("a-secret-key"), previous: null })),
    driftChecks: house.parts.driftChecks,
    catalogue: house.parts.catalogue,
    policy: { current: () => LOCAL_POLICY },
    tokens: { current: () => [] },
    onTokenRefused: () => {},
    clock: () => house.world.now,
    consoleOn: true,
    address: { publicUrl: "https://ops.example.com", onLoopback: true, boundPort },
    idempotency: createIdempotency(db),
    wordProblem: sayProblem,
    log: SILENT,
    ready: async () => [{ name: "database", ok: true }],
    metrics: openMetrics(),
    doors: [],
    routes: [],
    ...change,
  };
  const { listener } = createServer(parts);
  server.on("request", listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const base = `http://127.0.0.1:${boundPort()}`;
  return {
    house,
    parts,
    base,
    port: boundPort(),
    get: (path: string, sending: Sending = {}) => send(`${base}${path}`, "GET", sending),
    post: (path: string, sending: Sending = {}) => send(`${base}${path}`, "POST", sending),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

export type Api = Awaited<ReturnType<typeof openApi>>;

/** As `dev` and with our content type, unless the test says otherwise; "" leaves a header out. */
async function send(url: string, method: string, sending: Sending): Promise<Reply> {
  const { body, as = "dev", headers = {} } = sending;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
  const all = { "content-type": "application/json", "x-console-user": as, ...headers };
  const sent = Object.entries(all).filter(([, value]) => value !== "");
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = httpRequest(url, { method, headers: Object.fromEntries(sent) }, resolve);
  outgoing.on("error", reject);
  outgoing.end(method === "GET" ? undefined : text);
  const response = await promise;
  const answer = Buffer.concat(await response.toArray()).toString();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: answer,
    json: parsed(answer),
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}
