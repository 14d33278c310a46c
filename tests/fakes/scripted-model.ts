import type { Model, ModelAnswer, ModelRequest } from "#agent/model.ts";

/** A model that answers from a script and keeps what it was asked. After the script it is silent. */
export function scriptedModel(script: readonly ScriptedAnswer[]): Model & {
  readonly requests: readonly ModelRequest[];
} {
  const requests: ModelRequest[] = [];
  return {
    name: "scripted",
    offline: false,
    requests,
    async answer(request) {
      requests.push(request);
      const next = script[requests.length - 1] ?? {};
      return typeof next === "function" ? next(request) : { ...SILENT, ...next };
    },
  };
}

export type ScriptedAnswer =
  | Partial<ModelAnswer>
  | ((request: ModelRequest) => ModelAnswer | Promise<ModelAnswer>);

export const SILENT: ModelAnswer = { text: null, choices: [], calls: [], opaque: null };
