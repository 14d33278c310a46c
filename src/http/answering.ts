import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Request, RequestHandler, Response } from "express";
import { z } from "zod";
import type { Viewer } from "#deployments/viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Scope } from "./api-tokens.ts";
import type { Identify } from "./auth.ts";
import type { Idempotency, IdempotentRequest, StoredAnswer } from "./ports.ts";
import { languageAccepted, problemOf, sendProblem, type WordProblem } from "./problem.ts";

/** One identified request as a route sees it. */
export type Call = {
  readonly viewer: Viewer;
  readonly lang: Lang;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** Same key, same effect; null when the client sent none. */
  readonly requestKey: string | null;
};

/** Answers a status and a JSON body, or a refusal. */
export type Handler = (call: Call) => Promise<StoredAnswer | Refusal>;

export type Answering = {
  readonly identify: Identify;
  readonly idempotency: Idempotency;
  readonly wordProblem: WordProblem;
};

/** A handler as an express route; `needs` is what a machine must be allowed, null for any machine. */
export type Answer = (needs: Scope | null, handler: Handler) => RequestHandler;

/** Makes express routes out of handlers: who asks, in which language, and whether for the first time. */
export function answering(deps: Answering): Answer {
  return (needs, handler) => async (request, response) => {
    const viewer = deps.identify(request, needs);
    const usual = isRefusal(viewer) ? undefined : viewer.lang;
    const lang = languageAccepted(request.headers["accept-language"], usual);
    const answer = isRefusal(viewer)
      ? viewer
      : await answerOnce(deps, handler, { request, viewer, lang });
    if (isRefusal(answer)) {
      sendProblem(response, problemOf(answer, lang, deps.wordProblem), lang);
    } else {
      sendJson(response, answer);
    }
  };
}

function sendJson(response: Response, { status, body }: StoredAnswer): void {
  response.status(status).set("cache-control", "no-store").json(body);
}

type Asking = { readonly request: Request; readonly viewer: Viewer; readonly lang: Lang };

const Key = z.string().regex(/^[\x20-\x7e]{1,200}$/);

async function answerOnce(
  deps: Answering,
  handler: Handler,
  asking: Asking,
): Promise<StoredAnswer | Refusal> {
  const sent = asking.request.headers["idempotency-key"];
  if (asking.request.method !== "POST" || sent === undefined) {
    return handler(callOf(asking, null));
  }
  const key = Key.safeParse(sent);
  return key.success
    ? answerKeyed(deps, handler, { ...asking, key: key.data })
    : refusal("idempotency-key-bad");
}

async function answerKeyed(
  deps: Answering,
  handler: Handler,
  asking: Asking & { readonly key: string },
): Promise<StoredAnswer | Refusal> {
  const asked = idempotentRequest(asking);
  const first = await beginOrWait(deps, asked);
  switch (first.is) {
    case "answered":
      return first.answer;
    case "running":
      return refusal("same-request-running");
    case "other":
      return refusal("idempotency-key-reused");
    case "new":
      return answerNew(deps, asked, () => handler(callOf(asking, effectKey(asked))));
  }
}

const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 60_000;

/** Of two at once the second waits for the answer of the first. */
async function beginOrWait({ idempotency }: Answering, asked: IdempotentRequest) {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const first = await idempotency.begin(asked);
    if (first.is !== "running" || performance.now() > until) {
      return first;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** With the request in it: a key that is long forgotten never finds the effect of another request. */
function effectKey({ person, key, requestHash }: IdempotentRequest): string {
  return `api:${person}:${key}:${requestHash.slice(0, 16)}`;
}

/** A refusal is not kept: what stood in the way may be gone when the client asks again. */
async function answerNew(
  { idempotency }: Answering,
  asked: IdempotentRequest,
  handle: () => Promise<StoredAnswer | Refusal>,
): Promise<StoredAnswer | Refusal> {
  try {
    const answer = await handle();
    if (isRefusal(answer)) {
      await idempotency.forget(asked);
    } else {
      await idempotency.finish(asked, answer);
    }
    return answer;
  } catch (error) {
    await idempotency.release(asked);
    throw error;
  }
}

function idempotentRequest({ request, viewer, key }: Asking & { key: string }): IdempotentRequest {
  const body = JSON.stringify(request.body ?? {});
  // Bare or below /api/v1, it is the same route.
  const path = request.originalUrl.replace(/^\/api\/v1(?=\/)/, "");
  const asked = `${request.method} ${path}\n${body}`;
  const requestHash = createHash("sha256").update(asked).digest("hex");
  return { person: viewer.person, key, requestHash };
}

const Params = z.record(z.string(), z.string());

function callOf({ request, viewer, lang }: Asking, requestKey: string | null): Call {
  const params = Params.parse(request.params);
  const body: unknown = request.body ?? {};
  return { viewer, lang, params, query: request.query, body, requestKey };
}

/** Reads a body by its schema; a wrong one is refused with the names of what is wrong. */
export function readBody<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  body: unknown,
): z.infer<z.ZodObject<T>> | Refusal {
  return read(schema, body, "wrong-body");
}

/** The same for the parameters behind the `?`. */
export function readQuery<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  query: unknown,
): z.infer<z.ZodObject<T>> | Refusal {
  return read(schema, query, "wrong-query");
}

function read<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  value: unknown,
  code: "wrong-body" | "wrong-query",
): z.infer<z.ZodObject<T>> | Refusal {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const known = Object.keys(schema.shape).join(", ");
  return refusal(code, { fields: wrongFields(parsed.error), known: known === "" ? "-" : known });
}

function wrongFields({ issues }: z.ZodError): string {
  const names = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".") || "(all of it)"],
  );
  // A stranger's names are shown back cut short.
  return [...new Set(names)].join(", ").slice(0, 300);
}
