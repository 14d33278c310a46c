import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Request, RequestHandler, Response } from "express";
import type { Deployment } from "#deployments/deployment.ts";
import { RunId } from "#deployments/ids.ts";
import type { Deployments, Runs } from "#deployments/ports.ts";
import type { Run, RunEvent } from "#deployments/run.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Identify, IdentifyLater } from "./auth.ts";
import { languageAccepted, problemOf, sendProblem, type WordProblem } from "./problem.ts";

export type Logs = {
  readonly deployments: Deployments;
  readonly runs: Runs;
  readonly identify: Identify | IdentifyLater;
  readonly wordProblem: WordProblem;
};

const LOOK_EVERY_MS = 300;
const AT_ONCE = 500;
// A stream lasts for hours: whoever loses the right to read it, or the token, hears no more.
const RIGHTS_EVERY_MS = 1_000;
const KEEP_ALIVE_MS = 15_000;
// Each reader asks the database three times a second.
const MOST_READERS = 50;

/**
 * What a run says, from its first line (or after `Last-Event-ID`) to its end, as server-sent
 * events, or as one JSON object per line for `Accept: application/x-ndjson`.
 */
export function logsRoute(deps: Logs): RequestHandler {
  let readers = 0;
  return async (request, response) => {
    const viewer = await deps.identify(request, "deployments:read");
    const run = isRefusal(viewer) ? viewer : await wantedRun(deps, viewer, request);
    const refused =
      !isRefusal(run) && readers >= MOST_READERS
        ? refusal("too-many-readers", { limit: MOST_READERS })
        : run;
    if (isRefusal(refused)) {
      const lang = languageAccepted(request.headers["accept-language"]);
      sendProblem(response, problemOf(refused, lang, deps.wordProblem), lang);
      return;
    }
    readers += 1;
    try {
      const mayRead = rightsOf(deps, request, refused);
      await follow(deps.runs, refused, { request, response, mayRead });
    } finally {
      readers -= 1;
    }
  };
}

/** Whether who asked may read on; looked at every now and then, a yes holds until the next look. */
function rightsOf(deps: Logs, request: Request, { deployment }: Run): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < RIGHTS_EVERY_MS) {
      return true;
    }
    since = performance.now();
    const now = await deps.identify(request, "deployments:read");
    return !isRefusal(now) && (await deps.deployments.seen(now, deployment)) !== null;
  };
}

async function wantedRun(deps: Logs, viewer: Viewer, request: Request): Promise<Run | Refusal> {
  const id = String(request.params["id"]);
  const deployment = await deps.deployments.seen(viewer, id);
  if (deployment === null) {
    return refusal("not-found", { id });
  }
  const asked = request.query["run"];
  return typeof asked === "string"
    ? namedRun(deps.runs, deployment, asked)
    : newestRun(deps.runs, deployment);
}

async function newestRun(runs: Runs, { id, name }: Deployment): Promise<Run | Refusal> {
  const [newest] = await runs.ofDeployment(id);
  return newest ?? refusal("no-run-yet", { name });
}

async function namedRun(runs: Runs, deployment: Deployment, asked: string): Promise<Run | Refusal> {
  const id = RunId.safeParse(asked);
  const run = id.success ? await runs.load(id.data) : null;
  return run?.deployment === deployment.id
    ? run
    : refusal("run-not-found", { name: deployment.name, run: asked.slice(0, 60) });
}

type Exchange = {
  readonly request: Request;
  readonly response: Response;
  readonly mayRead: () => Promise<boolean>;
};

async function follow(
  runs: Runs,
  run: Run,
  { request, response, mayRead }: Exchange,
): Promise<void> {
  const asLines =
    request.accepts(["text/event-stream", "application/x-ndjson"]) === "application/x-ndjson";
  const format = asLines ? LINES : EVENT_STREAM;
  response.writeHead(200, {
    "content-type": format.contentType,
    "cache-control": "no-store",
    // Proxies would collect a stream before they pass it on.
    "x-accel-buffering": "no",
  });
  response.flushHeaders();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const after = resumeAfter(request);
  const reading = { format, response, signal: gone.signal, after, mayRead };
  try {
    await copy(runs, run.id, reading);
  } catch (error) {
    // The reader left; nobody is there to be told.
    if (!gone.signal.aborted) {
      throw error;
    }
  }
}

/** What an EventSource sends when it comes back; anything else begins at the first line. */
function resumeAfter({ headers }: Request): number {
  const sent = headers["last-event-id"];
  return typeof sent === "string" && /^\d{1,9}$/.test(sent) ? Number(sent) : 0;
}

type Copying = Pick<Exchange, "response" | "mayRead"> & {
  readonly format: Format;
  readonly signal: AbortSignal;
  readonly after: number;
};

async function copy(runs: Runs, id: RunId, { format, response, signal, after, mayRead }: Copying) {
  let last = after;
  let quietSince = performance.now();
  while (!signal.aborted && (await mayRead())) {
    // The status first: events that come between the two reads are then in the second.
    const run = await runs.load(id);
    const events = await runs.events(id, last, AT_ONCE);
    if (events.length > 0) {
      await write(response, events.map(format.event).join(""), signal);
      last = events.at(-1)?.seq ?? last;
      quietSince = performance.now();
    } else if (run === null || run.endedAt !== null) {
      response.end(format.end(id, run?.status ?? "lost"));
      return;
    } else {
      quietSince = await pause({ format, response, signal }, quietSince);
    }
  }
  response.end();
}

/** Until the next look; answers since when the reader has heard nothing. */
async function pause(
  { format, response, signal }: Pick<Copying, "format" | "response" | "signal">,
  quietSince: number,
): Promise<number> {
  const isLong = performance.now() - quietSince > KEEP_ALIVE_MS;
  if (isLong) {
    await write(response, format.keepAlive, signal);
  }
  await sleep(LOOK_EVERY_MS, undefined, { signal });
  return isLong ? performance.now() : quietSince;
}

async function write(response: Response, text: string, signal: AbortSignal): Promise<void> {
  if (!response.write(text)) {
    await once(response, "drain", { signal });
  }
}

type Format = {
  readonly contentType: string;
  readonly event: (event: RunEvent) => string;
  readonly end: (run: RunId, status: string) => string;
  readonly keepAlive: string;
};

const EVENT_STREAM: Format = {
  contentType: "text/event-stream; charset=utf-8",
  event: (event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`,
  end: (run, status) => `event: end\ndata: ${JSON.stringify({ run, status })}\n\n`,
  keepAlive: ": still here\n\n",
};

const LINES: Format = {
  contentType: "application/x-ndjson; charset=utf-8",
  event: (event) => `${JSON.stringify(event)}\n`,
  end: (run, status) => `${JSON.stringify({ type: "end", run, status })}\n`,
  keepAlive: "\n",
};
