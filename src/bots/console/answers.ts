import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import { REFUSALS } from "#text/refusals.ts";
import { say, type Lang } from "#text/wording.ts";

const MOST_BYTES = 256 * 1024;

/** A refusal with the HTTP status that says the same. */
export type Denial = {
  readonly denied: 400 | 401 | 404 | 405 | 413 | 422 | 500;
  readonly why: Refusal;
};

export function deny(denied: Denial["denied"], why: Refusal): Denial {
  return { denied, why };
}

export function isDenial(value: unknown): value is Denial {
  return typeof value === "object" && value !== null && "denied" in value && "why" in value;
}

/** Reads a JSON body of at most 256 KB and checks it against its shape. */
export async function readBody<T>(
  request: IncomingMessage,
  shape: z.ZodObject & z.ZodType<T>,
): Promise<T | Denial> {
  const text = await readText(request);
  if (isRefusal(text)) {
    return deny(413, text);
  }
  const json = parseJson(text);
  if (json === undefined) {
    return deny(400, refusal("bad-json"));
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  const known = Object.keys(shape.shape).join(", ");
  return deny(422, refusal("wrong-body", { fields: fieldsOf(parsed.error), known }));
}

async function readText(request: IncomingMessage): Promise<string | Refusal> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving a plain loop early would tear the connection down before the answer is out.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MOST_BYTES) {
      return refusal("body-too-big", { limit: MOST_BYTES / 1024 });
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever is wrong with it, the sender is told the same.
    return undefined;
  }
}

function fieldsOf(error: z.ZodError): string {
  const names = error.issues.map(({ path, ...issue }) =>
    issue.code === "unrecognized_keys" ? issue.keys.join(", ") : path.map(String).join("."),
  );
  return [...new Set(names)].filter((name) => name !== "").join(", ") || "body";
}

export function sendJson(response: ServerResponse, body: unknown): void {
  send(response, { status: 200, type: "application/json", body });
}

/** The refusal as problem details (RFC 9457), in the language that was asked for. */
export function sendDenial(response: ServerResponse, { denied, why }: Denial, lang: Lang): void {
  const { detail, next } = REFUSALS[why.code];
  const body = {
    type: "about:blank",
    status: denied,
    code: why.code,
    detail: say(detail, lang, why.params),
    next: say(next, lang, why.params),
  };
  if (denied === 413) {
    // The rest of the body is not read, so the connection cannot be used again.
    response.setHeader("connection", "close");
  }
  send(response, { status: denied, type: "application/problem+json", body });
}

function send(
  response: ServerResponse,
  { status, type, body }: { status: number; type: string; body: unknown },
): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}
