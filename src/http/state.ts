import { createHash } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { z } from "zod";
import type { StateCredentials, StateRequest, StateRoute } from "#deployments/state-route.ts";
import type { Log } from "#telemetry/log.ts";

const MAX_STATE_BYTES = 64 * 1024 * 1024;
const MAX_LOCK_BYTES = 64 * 1024;

/** Terraform's HTTP state protocol on `/tf/state/:deployment`, for runs of this machine only. */
export function stateRoutes(deps: {
  readonly state: StateRoute;
  readonly log: Log;
}): RequestListener {
  return (request, response) => {
    serve(deps.state, request).then(
      (reply) => send(response, reply, deps.log),
      (error: unknown) => {
        deps.log.error({ err: error, verb: request.method }, "state request failed");
        send(response, { status: 500 }, deps.log);
      },
    );
  };
}

type Reply = {
  readonly status: number;
  readonly body?: Uint8Array | null;
  readonly md5?: string;
  readonly why?: string;
};

async function serve(state: StateRoute, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? "/", "http://state");
  const deployment = /^\/tf\/state\/([^/]+)$/.exec(url.pathname)?.[1];
  if (deployment === undefined) {
    return { status: 404, why: "unknown-path" };
  }
  const credentials = basic(request.headers.authorization);
  if (credentials === null) {
    return { status: 401, why: "no-credentials" };
  }
  // Before the body: a stranger must not make us take 64 MB.
  if (!(await state.admits(credentials, deployment))) {
    return { status: 403, why: "wrong-credentials" };
  }
  const ask = await askOf(request, url.searchParams.get("ID"));
  return "status" in ask ? ask : state.answer({ credentials, deployment, ask });
}

type Ask = StateRequest["ask"];

async function askOf(request: IncomingMessage, lockId: string | null): Promise<Ask | Reply> {
  const verb = z.enum(["GET", "LOCK", "UNLOCK", "POST"]).safeParse(request.method);
  if (!verb.success) {
    return { status: 405, why: "unknown-verb" };
  }
  switch (verb.data) {
    case "GET":
      return { verb: "GET" };
    case "LOCK":
    case "UNLOCK":
      return lockAsk(request, verb.data);
    case "POST":
      return postAsk(request, lockId);
  }
}

const LockInfo = z.object({ ID: z.string().min(1).max(200) });

async function lockAsk(request: IncomingMessage, verb: "LOCK" | "UNLOCK"): Promise<Ask | Reply> {
  const body = await bodyOf(request, MAX_LOCK_BYTES);
  if (body === null) {
    return { status: 413, why: "body-too-big" };
  }
  const info = body.toString();
  if (verb === "UNLOCK" && info === "") {
    return { verb, lockId: null };
  }
  const lock = parseJson(info, LockInfo);
  if (lock === null) {
    return { status: 400, why: "not-a-lock" };
  }
  return verb === "LOCK" ? { verb, lockId: lock.ID, info } : { verb, lockId: lock.ID };
}

const StateHead = z.object({ serial: z.number().int().nonnegative(), lineage: z.string() });

async function postAsk(request: IncomingMessage, lockId: string | null): Promise<Ask | Reply> {
  const body = await bodyOf(request, MAX_STATE_BYTES);
  if (body === null) {
    return { status: 413, why: "body-too-big" };
  }
  const md5 = createHash("md5").update(body).digest("base64");
  if (request.headers["content-md5"] !== md5) {
    return { status: 400, why: "wrong-md5" };
  }
  const head = parseJson(body.toString(), StateHead);
  if (head === null) {
    return { status: 400, why: "not-a-state" };
  }
  return { verb: "POST", lockId: lockId ?? "", md5, body, ...head };
}

/** Null when it is longer than the limit; the rest is then never read. */
async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early must not cut the connection: the 413 still has to go out.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = z.instanceof(Buffer).parse(chunk);
    bytes += part.length;
    if (bytes > maxBytes) {
      return null;
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function parseJson<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function basic(header: string | undefined): StateCredentials | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) {
    return null;
  }
  const [username, ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return username === undefined ? null : { username, password: password.join(":") };
}

function send(response: ServerResponse, reply: Reply, log: Log): void {
  if (reply.why !== undefined) {
    log.warn({ status: reply.status, why: reply.why }, "state request refused");
  }
  const body = Buffer.from(reply.body ?? []);
  response.writeHead(reply.status, {
    "content-length": body.length,
    ...(reply.status === 401 ? { "www-authenticate": 'Basic realm="state"' } : {}),
    ...(reply.status === 413 ? { connection: "close" } : {}),
    ...(body.length > 0 ? { "content-type": "application/json" } : {}),
    ...(reply.md5 === undefined ? {} : { "content-md5": reply.md5 }),
  });
  response.end(body);
}
