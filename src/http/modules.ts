import { Router } from "express";
import type { Catalogue, Module } from "#deployments/ports.ts";
import { refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Answer } from "./answering.ts";

/** The catalogue: what can be asked for, with the JSON Schema of its `vars`. */
export function moduleRoutes(catalogue: Catalogue, answer: Answer): Router {
  const router = Router();
  router.get(
    "/modules",
    answer("modules:read", async ({ lang }) => {
      const items = catalogue.modules().map((module) => moduleView(module, lang));
      return { status: 200, body: { items } };
    }),
  );
  router.get(
    "/modules/:name",
    answer("modules:read", async ({ lang, params }) => {
      const module = catalogue.module(params["name"] ?? "");
      return module === null
        ? refusal("no-such-module", { module: params["name"] ?? "", modules: names(catalogue) })
        : { status: 200, body: moduleView(module, lang) };
    }),
  );
  return router;
}

function names(catalogue: Catalogue): string {
  return catalogue
    .modules()
    .map(({ name }) => name)
    .join(", ");
}

function moduleView(module: Module, lang: Lang) {
  return {
    name: module.name,
    version: module.version,
    cloud: module.cloud,
    title: module.title[lang],
    summary: module.summary[lang],
    environments: module.environments,
    commit: module.commit,
    outputs: module.outputs,
    schema: schemaOf(module, lang),
  };
}

// The deployment itself fills these, whatever a person gives.
const FILLED = new Set(["name", "environment"]);

/** JSON Schema 2020-12 of `vars`. */
function schemaOf(module: Module, lang: Lang) {
  const variables = module.variables.filter(({ name }) => !FILLED.has(name));
  const properties = variables.map((variable) => [
    variable.name,
    {
      ...variable.schema,
      title: variable.label[lang],
      description: variable.description,
      ...(variable.required ? {} : { default: variable.default }),
      ...(variable.sensitive ? { writeOnly: true } : {}),
    },
  ]);
  const required = variables.filter((variable) => variable.required);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: Object.fromEntries(properties),
    required: required.map(({ name }) => name),
    additionalProperties: false,
  };
}
