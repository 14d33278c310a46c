import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import express, { Router, type ErrorRequestHandler, type RequestHandler } from "express";
import type { Log } from "#telemetry/log.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import { answering, type Answer } from "./answering.ts";
import { identify, writeGuard, type IdentifyParts } from "./auth.ts";
import { depthOf } from "./json-depth.ts";
import { deploymentRoutes, type DeploymentRoutes } from "./deployments.ts";
import { healthRoutes, type Health } from "./health.ts";
import { logsRoute } from "./logs.ts";
import { moduleRoutes } from "./modules.ts";
import { openApiRoute } from "./openapi.ts";
import { planTextRoute } from "./plan-text.ts";
import type { Idempotency } from "./ports.ts";
import { languageAccepted, problemOf, sendProblem, type WordProblem } from "./problem.ts";

/** A part of the server with its own rules: a page, a chat door. It calls `next` for paths of others. */
export type Door = RequestHandler;

export type ServerParts = DeploymentRoutes &
  Health &
  IdentifyParts & {
    readonly idempotency: Idempotency;
    readonly wordProblem: WordProblem;
    readonly log: Log;
    /** Asked in this order before our own routes, with the body unread. */
    readonly doors: readonly Door[];
    /** Routes beside ours that want the same identity, guard and body rules. */
    readonly routes: readonly ((answer: Answer) => Router)[];
  };

/** For `http.createServer`: a client that sends a byte a second does not keep its connection. */
export const SLOW_CLIENT_LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  // Node looks for slow clients only this often.
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
} as const;

const MAX_BODY_KB = 256;

/** Everything on PORT: doors and pages first, then the HTTP API, bare and under `/api/v1`. */
export function createServer(parts: ServerParts): { listener: RequestListener } {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  app.use(securityHeaders);
  app.use(healthRoutes(parts));
  app.use(openApiRoute());
  for (const door of parts.doors) {
    app.use(door);
  }
  app.use(writeGuard(parts.address));
  app.use(express.json({ limit: `${MAX_BODY_KB}kb`, verify: refuseDeep }));
  const api = apiRoutes(parts);
  app.use("/api/v1", api);
  app.use(api);
  app.use((request, response) => {
    const { method, path } = request;
    refuse(parts, refusal("unknown-route", { method, path: path.slice(0, 200) }))(
      request,
      response,
    );
  });
  app.use(failure(parts));
  return { listener: app };
}

// Schemas, hashes and logs walk a body by calling themselves, and would run out of stack.
const MAX_DEPTH = 100;

/** What is thrown here reaches `refusedRequest` as a 403 of the body parser. */
function refuseDeep(_request: unknown, _response: unknown, body: Buffer): void {
  if (depthOf(body) > MAX_DEPTH) {
    throw new Error(`the body is nested deeper than ${MAX_DEPTH} levels`);
  }
}

function apiRoutes(parts: ServerParts): Router {
  const known = identify(parts);
  const answer = answering({ ...parts, identify: known });
  const router = Router();
  router.get("/deployments/:id/logs", logsRoute({ ...parts, identify: known }));
  router.get("/deployments/:id/plan.txt", planTextRoute({ ...parts, identify: known }));
  router.use(deploymentRoutes(parts, answer));
  router.use(moduleRoutes(parts.catalogue, answer));
  for (const routes of parts.routes) {
    router.use(routes(answer));
  }
  return router;
}

/** Pages set their own policy over this one. */
const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  next();
};

function failure(parts: ServerParts): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      parts.log.error({ err: error, path: request.path }, "an answer broke off");
      next(error);
      return;
    }
    refuse(parts, refusedRequest(error) ?? unexpected(parts.log, error, request.path))(
      request,
      response,
    );
  };
}

/** What the body parser and the router throw about a request that cannot be read. */
function refusedRequest(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") {
    return null;
  }
  if (error.status === 413) {
    return refusal("body-too-big", { limit: MAX_BODY_KB });
  }
  return error.status < 500 ? refusal("bad-json") : null;
}

function unexpected(log: Log, error: unknown, path: string): Refusal {
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference, path }, "a request failed");
  return refusal("unexpected", { reference });
}

function refuse({ wordProblem }: ServerParts, refused: Refusal) {
  return (...[request, response]: Parameters<RequestListener>) => {
    const lang = languageAccepted(request.headers["accept-language"]);
    sendProblem(response, problemOf(refused, lang, wordProblem), lang);
  };
}
