import type { IncomingMessage, ServerResponse } from "node:http";
import { personBehind, viewerOf, type PolicySource } from "#deployments/policy.ts";
import type { Viewer } from "#deployments/viewer.ts";
import { refusal, type Refusal } from "#text/refusal.ts";
import { judgeToken, machineOf, mayWith, type Scope } from "./api-tokens.ts";
import type { ApiTokens, TokenRefused } from "./ports.ts";
import { languageAccepted, problemOf, sendProblem } from "./problem.ts";

/** Where this server is reached; the port is known once it listens. */
export type Address = {
  /** PUBLIC_URL; null when it is not set. */
  readonly publicUrl: string | null;
  readonly onLoopback: boolean;
  readonly boundPort: () => number;
};

/** Who asks; a machine is refused without the scope that the route needs. Null: any machine. */
export type Identify = (request: IncomingMessage, needs: Scope | null) => Viewer | Refusal;

/** The same where a record has to be asked. */
export type IdentifyLater = (request: IncomingMessage) => Promise<Viewer | Refusal>;

export type IdentifyParts = {
  readonly policy: PolicySource;
  readonly tokens: ApiTokens;
  /** Told of every token that is turned away. */
  readonly onTokenRefused: (refused: TokenRefused) => void;
  readonly clock: () => Date;
  readonly consoleOn: boolean;
  readonly address: Address;
};

/**
 * Who asks, by the policy and the tokens of this moment. Where the console is on, `x-console-user`
 * names the person; everywhere a bearer token names a machine.
 */
export function identify(parts: IdentifyParts): Identify {
  return (request, needs) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      return machineWith(parts, authorization, needs);
    }
    const user = request.headers["x-console-user"];
    if (!parts.consoleOn || typeof user !== "string") {
      return refusal("not-signed-in");
    }
    // A foreign name that resolves to us would let its pages set this header: reads count too.
    return refusedHost(request, parts.address) ?? personNamed(parts.policy, user);
  };
}

function machineWith(
  { tokens, policy, clock, onTokenRefused }: IdentifyParts,
  header: string,
  needs: Scope | null,
): Viewer | Refusal {
  const judged = judgeToken(tokens.current(), header, clock());
  if (judged.is === "bad") {
    onTokenRefused(judged);
    return refusal(judged.why);
  }
  const { token } = judged;
  return needs === null || mayWith(token, needs)
    ? machineOf(token, policy.current())
    : refusal("scope-missing", { needs, scopes: token.scopes.join(", ") });
}

function personNamed(source: PolicySource, user: string): Viewer | Refusal {
  const policy = source.current();
  const person = personBehind(policy, "console", user);
  return (person === null ? null : viewerOf(policy, person)) ?? refusal("not-signed-in");
}

/** Works as express middleware and, with a listener as `next`, in front of a plain node one. */
export type Guard = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Lets reads pass; a write must be JSON, to a Host of ours, from a page of ours if from a page. */
export function writeGuard(address: Address): Guard {
  return (request, response, next) => {
    answerOr(refusedWrite(request, address), { request, response, next });
  };
}

type Guarded = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly next: () => void;
};

function answerOr(refused: Refusal | null, { request, response, next }: Guarded): void {
  if (refused === null) {
    next();
    return;
  }
  const lang = languageAccepted(request.headers["accept-language"]);
  sendProblem(
    response,
    problemOf(refused, lang, ({ variable }) => variable),
    lang,
  );
}

/**
 * For a door that trusts the name in a request: reads too must come to a Host of ours, because a
 * foreign name that resolves to us would make its pages same-origin with what they read.
 */
export function hostGuard(address: Address): Guard {
  return (request, response, next) => {
    answerOr(refusedHost(request, address), { request, response, next });
  };
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Null: the write may go on. Upgrades to a websocket are GETs and have their own check. */
function refusedWrite(request: IncomingMessage, address: Address): Refusal | null {
  if (READS.has(request.method ?? "")) {
    return null;
  }
  return (
    refusedHost(request, address) ??
    refusedOrigin(request, address) ??
    refusedContentType(request.headers["content-type"])
  );
}

function refusedContentType(type: string | undefined): Refusal | null {
  const isJson = /^application\/json\s*(;|$)/i.test(type ?? "");
  return isJson ? null : refusal("wrong-content-type", { type: shown(type) });
}

function refusedHost(request: IncomingMessage, address: Address): Refusal | null {
  const host = (request.headers.host ?? "").toLowerCase();
  const isOurs = ourOrigins(address).some((origin) => new URL(origin).host === host);
  return isOurs ? null : refusal("foreign-host", { host: shown(request.headers.host) });
}

function refusedOrigin(request: IncomingMessage, address: Address): Refusal | null {
  const origin = request.headers.origin?.toLowerCase();
  if (origin === undefined) {
    return null;
  }
  const host = (request.headers.host ?? "").toLowerCase();
  const isOurs = ourOrigins(address).some((ours) => ours === origin && new URL(ours).host === host);
  return isOurs ? null : refusal("foreign-origin", { origin: shown(origin) });
}

/** `http://host:port` of every name that reaches us; URL leaves a default port out, as browsers do. */
export function ourOrigins({ publicUrl, onLoopback, boundPort }: Address): string[] {
  const loopback = ["localhost", "127.0.0.1", "[::1]"].map(
    (name) => `http://${name}:${boundPort()}`,
  );
  const all = [...(publicUrl === null ? [] : [publicUrl]), ...(onLoopback ? loopback : [])];
  return all.map((url) => new URL(url).origin);
}

/** A header of a stranger is shown back cut short. */
function shown(value: string | undefined): string {
  return (value ?? "").slice(0, 100);
}
