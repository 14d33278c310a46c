import { Router } from "express";
import { z } from "zod";
import { API, type ApiRoute } from "#text/api.ts";
import type { Lang } from "#text/wording.ts";
import { CancelBody, NewDeployment, NoBody, PlanBody, UnlockBody, VoteBody } from "./bodies.ts";
import { languageAccepted } from "./problem.ts";

/** `GET /openapi.json`: OpenAPI 3.1, made from the same schemas that read the requests. */
export function openApiRoute(): Router {
  const router = Router();
  router.get("/openapi.json", (request, response) => {
    response.json(openApi(languageAccepted(request.headers["accept-language"])));
  });
  return router;
}

type Described = {
  readonly status: "200" | "201" | "202";
  readonly type?: string;
  readonly query?: readonly string[];
  readonly body?: z.ZodType;
};

/** Every documented route; the test asks each of them whether it is there. */
export const DESCRIBED: Readonly<Record<ApiRoute, Described>> = {
  "POST /deployments": { status: "201", query: ["plan"], body: NewDeployment },
  "GET /deployments": {
    status: "200",
    query: ["status", "module", "requester", "name", "environment", "cursor", "limit"],
  },
  "GET /deployments/{id}": { status: "200" },
  "POST /deployments/{id}/plan": { status: "202", query: ["wait"], body: PlanBody },
  "POST /deployments/{id}/approve": { status: "200", body: NoBody },
  "POST /deployments/{id}/vote": { status: "200", body: VoteBody },
  "POST /deployments/{id}/apply": { status: "202", body: NoBody },
  "POST /deployments/{id}/destroy": { status: "202", body: NoBody },
  "POST /deployments/{id}/cancel": { status: "200", body: CancelBody },
  "POST /deployments/{id}/drift": { status: "202", query: ["wait"], body: NoBody },
  "GET /deployments/{id}/lock": { status: "200" },
  "POST /deployments/{id}/unlock": { status: "200", body: UnlockBody },
  "GET /deployments/{id}/logs": { status: "200", type: "text/event-stream", query: ["run"] },
  "GET /deployments/{id}/plan": { status: "200" },
  "GET /deployments/{id}/plan.txt": { status: "200", type: "text/plain" },
  "GET /deployments/{id}/events": { status: "200" },
  "GET /modules": { status: "200" },
  "GET /modules/{name}": { status: "200" },
  "GET /api/v1/curriculum/tree": { status: "200", query: ["lang"] },
  "GET /api/v1/curriculum/content": { status: "200", query: ["path", "lang"] },
  "GET /openapi.json": { status: "200" },
  "GET /healthz": { status: "200" },
  "GET /readyz": { status: "200" },
  "GET /metrics": { status: "200", type: "text/plain" },
};

function openApi(lang: Lang) {
  const paths: Record<string, Record<string, object>> = {};
  for (const [route, described] of Object.entries(DESCRIBED)) {
    const [method = "", path = ""] = route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(path, described) };
  }
  for (const [route, summary] of Object.entries(API)) {
    const [method = "", path = ""] = route.split(" ");
    Object.assign(paths[path]?.[method.toLowerCase()] ?? {}, { summary: summary[lang] });
  }
  return {
    openapi: "3.1.0",
    info: { title: "mcp-cloud-platform", version: "1" },
    paths,
    security: [{ token: [] }],
    components: { schemas: { Problem: PROBLEM }, securitySchemes: { token: BEARER } },
  };
}

function operation(path: string, { status, type, query = [], body }: Described) {
  return {
    parameters: [
      ...Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => parameter(name, "path")),
      ...query.map((name) => parameter(name, "query")),
      ...(body === undefined ? [] : [parameter("Idempotency-Key", "header")]),
    ],
    ...(body === undefined ? {} : { requestBody: { content: json(z.toJSONSchema(body)) } }),
    responses: {
      [status]: { description: "", content: { [type ?? "application/json"]: {} } },
      default: {
        description: "",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    },
  };
}

function parameter(name: string | undefined, where: "path" | "query" | "header") {
  return { name, in: where, required: where === "path", schema: { type: "string" } };
}

function json(schema: object) {
  return { "application/json": { schema } };
}

const text = { type: "string" } as const;

/** An API token of `npm run token -- create`. */
const BEARER = { type: "http", scheme: "bearer" } as const;

/** RFC 9457. */
const PROBLEM = {
  type: "object",
  properties: {
    type: text,
    title: text,
    status: { type: "integer" },
    code: text,
    detail: text,
    next: text,
    errors: {
      type: "array",
      items: { type: "object", properties: { variable: text, code: text, detail: text } },
    },
  },
  required: ["type", "title", "status", "code", "detail", "next"],
} as const;
