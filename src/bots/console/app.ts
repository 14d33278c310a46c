import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { SAMPLES } from "#bots/cards/samples.ts";
import { adaptiveCard } from "#bots/render/adaptive-card.ts";
import { personBehind, viewerOf, type PolicySource } from "#deployments/policy.ts";
import type { Log } from "#telemetry/log.ts";
import { refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Inbox } from "#bots/ports.ts";
import { deny, isDenial, readBody, sendDenial, sendJson, type Denial } from "./answers.ts";
import type { Bell } from "./bell.ts";
import { ActionBody, MessageBody, pressed, said, type Naming } from "./incoming.ts";
import type { ConsoleMessages } from "./ports.ts";
import { streamEvents } from "./stream.ts";
import { wireMessage } from "./wire.ts";

export type ConsoleParts = {
  readonly messages: ConsoleMessages;
  readonly inbox: Pick<Inbox, "receive">;
  readonly policy: PolicySource;
  readonly bell: Bell;
  readonly standIns: { readonly simulated: boolean; readonly offline: boolean };
  readonly randomId: () => string;
  /** An inbox row was written. */
  readonly onReceived: () => void;
  readonly log: Log;
};

/**
 * The console's open wire, below `/console/`. It trusts the name of the person, so it belongs on
 * loopback in local mode only, behind the write guard.
 */
export function consoleDoor(parts: ConsoleParts): RequestListener {
  return (request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      const reference = parts.randomId();
      parts.log.error({ err: error, reference, path: request.url }, "a console request failed");
      if (!response.headersSent) {
        sendDenial(response, deny(500, refusal("unexpected", { reference })), langOf(request));
      }
    });
  };
}

/** True for the paths of this door; the page and its scripts are not among them. */
export function isConsoleWire(url: string): boolean {
  return /^\/console\/(messages|actions|threads(\/[^/]+)?|events|info|gallery\.json)$/.test(
    pathOf(url),
  );
}

type Call = {
  readonly parts: ConsoleParts;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
};

async function serve(
  parts: ConsoleParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { url = "", method = "" } = request;
  const path = pathOf(url);
  const query = new URLSearchParams(url.slice(path.length));
  const call = { parts, request, response, query };
  const [, , name = "", thread] = path.split("/").map(decoded);
  const route = BY_NAME.get(`${method} ${name}${thread === undefined ? "" : "/*"}`);
  const answer =
    route === undefined
      ? deny(404, refusal("unknown-route", { method, path }))
      : await route(call, thread ?? "");
  if (isDenial(answer)) {
    sendDenial(response, answer, langOf(request));
  } else if (answer !== STREAMED) {
    sendJson(response, answer);
  }
}

/** The route has answered by itself. */
const STREAMED = Symbol("streamed");

type Route = (call: Call, thread: string) => Promise<unknown>;

const ROUTES = {
  "POST messages": postMessage,
  "POST actions": postAction,
  "GET threads": getThreads,
  "GET threads/*": getThread,
  "GET events": getEvents,
  "GET info": getInfo,
  "GET gallery.json": getGallery,
} as const satisfies Readonly<Record<string, Route>>;
const BY_NAME = new Map<string, Route>(Object.entries(ROUTES));

/** Every route of the wire; `*` is a thread. */
export type ConsoleRoute = keyof typeof ROUTES;

async function postMessage({ parts, request }: Call): Promise<unknown> {
  const body = await readBody(request, MessageBody);
  if (isDenial(body)) {
    return body;
  }
  const denied =
    unknownPerson(parts, body.user) ??
    (body.thread === undefined ? null : await unknownThread(parts, body.thread, body.user));
  if (denied !== null) {
    return denied;
  }
  const { message, incoming } = said(body, namingOf(parts, request), langSaid(request));
  if (await parts.messages.said(message, incoming)) {
    parts.bell.ring();
    parts.onReceived();
  }
  return { thread: message.thread, message: message.id };
}

async function postAction({ parts, request }: Call): Promise<unknown> {
  const body = await readBody(request, ActionBody);
  if (isDenial(body)) {
    return body;
  }
  const { user, thread, message } = body;
  const denied = unknownPerson(parts, user) ?? (await unknownThread(parts, thread, user));
  if (denied !== null) {
    return denied;
  }
  if (await parts.inbox.receive(pressed(body, namingOf(parts, request)))) {
    parts.onReceived();
  }
  return { thread, message };
}

async function getThreads(call: Call): Promise<unknown> {
  const user = readerOf(call);
  return isDenial(user) ? user : call.parts.messages.threads(user);
}

async function getThread(call: Call, thread: string): Promise<unknown> {
  const { parts } = call;
  const user = readerOf(call);
  if (isDenial(user)) {
    return user;
  }
  const messages = await parts.messages.messages(thread, user);
  return messages.length === 0 ? noThread(thread) : messages.map(wireMessage);
}

async function getEvents(call: Call): Promise<unknown> {
  const user = readerOf(call);
  if (isDenial(user)) {
    return user;
  }
  await streamEvents(call.parts, user, call);
  return STREAMED;
}

async function getInfo({ parts }: Call): Promise<unknown> {
  const policy = parts.policy.current();
  const people = Object.values(policy.people).flatMap(({ console: id }) => {
    const person = id === undefined ? null : personBehind(policy, "console", id);
    const viewer = person === null ? null : viewerOf(policy, person);
    return id === undefined || viewer === null
      ? []
      : [{ id, name: viewer.name, roles: viewer.roles }];
  });
  return { ...parts.standIns, people };
}

async function getGallery({ query }: Call): Promise<unknown> {
  const lang: Lang = query.get("lang") === "ko" ? "ko" : "en";
  return Object.entries(SAMPLES).map(([name, draw]) => ({ name, card: adaptiveCard(draw(lang)) }));
}

/** Who reads, by query or header; null sees only what everybody sees. */
function readerOf({ parts, request, query }: Call): string | null | Denial {
  const header = request.headers["x-console-user"];
  const user = query.get("user") ?? (typeof header === "string" ? header : null);
  return user === null ? null : (unknownPerson(parts, user) ?? user);
}

function unknownPerson({ policy }: ConsoleParts, user: string): Denial | null {
  return personBehind(policy.current(), "console", user) === null
    ? deny(401, refusal("person-unknown", { user: user.slice(0, 64) }))
    : null;
}

async function unknownThread(
  { messages }: ConsoleParts,
  thread: string,
  user: string,
): Promise<Denial | null> {
  return (await messages.hasThread(thread, user)) ? null : noThread(thread);
}

function noThread(thread: string): Denial {
  return deny(404, refusal("thread-unknown", { thread: thread.slice(0, 100) }));
}

function namingOf({ randomId }: ConsoleParts, request: IncomingMessage): Naming {
  const sent = request.headers["idempotency-key"];
  return { randomId, sameAs: typeof sent === "string" && sent !== "" ? sent : null };
}

// Not `new URL`: it throws on addresses such as `//`, which anybody may send.
function pathOf(url: string): string {
  return url.replace(/\?.*$/s, "");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign names no thread of ours.
    return part;
  }
}

function langOf(request: IncomingMessage): Lang {
  return langSaid(request) ?? "en";
}

/** The language that the request names first, if it is one of ours. */
function langSaid({ headers }: IncomingMessage): Lang | null {
  const [, lang] = /^\s*(ko|en)\b/i.exec(headers["accept-language"] ?? "") ?? [];
  return lang === undefined ? null : lang.toLowerCase() === "ko" ? "ko" : "en";
}
