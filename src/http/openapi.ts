import { Router } from "express";
import { z } from "zod";
import { Json } from "#deployments/change.ts";
import { API, PAGE_ROUTES } from "#text/api.ts";
import type { RefusalCode } from "#text/refusals.ts";
import { say, type Lang } from "#text/wording.ts";
import {
  DeploymentAnswer,
  DeploymentLine,
  ModuleAnswer,
  ProblemAnswer,
  RunAnswer,
} from "./answers.ts";
import { DESCRIBED, PAGES, refusalsOf, type Described } from "./described.ts";
import { Block } from "./lesson-answers.ts";
import { languageAccepted } from "./problem.ts";
import { STATUS_OF, TITLES } from "./statuses.ts";

/** `GET /openapi.json`: OpenAPI 3.1, made from the same schemas that read the requests. */
export function openApiRoute(): Router {
  const router = Router();
  // Anybody may ask, and making it takes a tenth of a second or more: once for each language.
  const made = new Map<Lang, object>();
  router.get("/openapi.json", (request, response) => {
    const lang = languageAccepted(request.headers["accept-language"]);
    const document = made.get(lang) ?? openApi(lang);
    made.set(lang, document);
    response.json(document);
  });
  return router;
}

/** Schemas that others point to by their name. */
const NAMED = {
  Deployment: DeploymentAnswer,
  DeploymentLine,
  Run: RunAnswer,
  Module: ModuleAnswer,
  Block,
  Json,
  Problem: ProblemAnswer,
} as const;

function openApi(lang: Lang) {
  const paths: Record<string, Record<string, object>> = {};
  const describe = (route: string, operation: object) => {
    const [method = "", path = ""] = route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const [route, described] of Object.entries(DESCRIBED)) {
    describe(route, operation(route, described));
  }
  for (const [route, page] of Object.entries(PAGES)) {
    describe(route, pageOperation(route, page));
  }
  for (const [route, summary] of [...Object.entries(API), ...Object.entries(PAGE_ROUTES)]) {
    const [method = "", path = ""] = route.split(" ");
    Object.assign(paths[path]?.[method.toLowerCase()] ?? {}, { summary: say(summary, lang) });
  }
  return {
    openapi: "3.1.0",
    info: { title: "mcp-cloud-platform", version: "1" },
    paths,
    components: { schemas: namedSchemas(), securitySchemes: { token: BEARER } },
  };
}

function operation(route: string, described: Described) {
  const { body, query, needs, answer, statuses } = described;
  return {
    parameters: [
      ...pathParameters(route),
      ...(query === undefined ? [] : queryParameters(query)),
      ...(body === undefined ? [] : [KEY]),
    ],
    ...(needs === undefined ? { security: [] } : secured(needs)),
    ...(body === undefined ? {} : { requestBody: { content: json(schemaOf(body, "input")) } }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [status, answered(answer)])),
      ...problems(refusalsOf(route, described)),
    },
  };
}

/** In OpenAPI 3.1 the roles of a bearer scheme may be named; ours are the token's scopes. */
function secured(needs: string | null) {
  const scopes = needs === null ? [] : [needs];
  return { security: [{ token: scopes }], "x-scopes": scopes };
}

function answered(answer: Described["answer"]) {
  const content = typeof answer === "string" ? { [answer]: {} } : json(schemaOf(answer, "output"));
  return { description: "", content };
}

/** One answer a status, with the codes that it may carry. */
function problems(codes: readonly RefusalCode[]) {
  const byStatus = Map.groupBy(codes, (code) => STATUS_OF[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [status, problem(TITLES[status], some)]),
  );
}

function problem(description: string, codes: readonly RefusalCode[]) {
  const code = { properties: { code: { enum: codes } } };
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, code] };
  return { description, content: { "application/problem+json": { schema } } };
}

function pageOperation(route: string, { status, type }: (typeof PAGES)["GET /s"]) {
  const content = type === null ? {} : { content: { [type]: {} } };
  return {
    parameters: pathParameters(route),
    security: [],
    responses: { [status]: { description: "", ...content } },
  };
}

function pathParameters(route: string) {
  const names = Array.from(route.matchAll(/\{(\w+)\}/g), ([, name]) => name);
  return names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
}

const Shape = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

function queryParameters(query: z.ZodType) {
  const { properties, required } = Shape.parse(schemaOf(query, "input"));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function json(schema: object) {
  return { "application/json": { schema } };
}

/** Named schemas become references into the document; a schema's own name is its address there. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): object {
  const name = Object.entries(NAMED).find(([, named]) => named === schema)?.[0];
  return name === undefined
    ? (schemasIn({ Asked: schema, ...NAMED }, io)["Asked"] ?? {})
    : { $ref: addressOf(name) };
}

function namedSchemas() {
  return schemasIn(NAMED, "output");
}

function schemasIn(schemas: Readonly<Record<string, z.ZodType>>, io: "input" | "output") {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) {
    registry.add(schema, { id });
  }
  const made = z.toJSONSchema(registry, { io, uri: addressOf }).schemas;
  return Object.fromEntries(
    // An address is no legal $id, and the document itself says which dialect it speaks.
    Object.entries(made).map(([name, { $id: _id, $schema: _dialect, ...rest }]) => [name, rest]),
  );
}

function addressOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** An API token of `npm run token -- create`. */
const BEARER = { type: "http", scheme: "bearer" } as const;

const KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: { type: "string", pattern: "^[\\x20-\\x7e]{1,200}$" },
} as const;
