import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import express, { Router, type ErrorRequestHandler, type Request, type Response } from "express";
import { z } from "zod";
import type { Curriculum } from "#curriculum/service.ts";
import type { LessonContent } from "#curriculum/views.ts";
import type { Gateway } from "#sandbox/gateway.ts";
import type { SandboxLimits } from "#sandbox/limits.ts";
import type { Session } from "#sandbox/ports.ts";
import type { Sandbox } from "#sandbox/session.ts";
import type { DriverName } from "#sandbox/shell.ts";
import type { Log } from "#telemetry/log.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import { SANDBOX } from "#text/sandbox.ts";
import type { Lang } from "#text/wording.ts";
import { assets } from "./assets.ts";
import { ourOrigins, writeGuard, type Address } from "./auth.ts";
import { PAGE_HEADERS, type Pages } from "./pages.ts";
import { personCookie, setPersonCookie } from "./person-cookie.ts";
import { languageAccepted, problemOf, sendProblem } from "./problem.ts";
import { STATUS_OF } from "./statuses.ts";

export type SandboxDoor = {
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  readonly driver: DriverName;
  readonly limits: SandboxLimits;
  readonly curriculum: Pick<Curriculum, "open" | "content">;
  readonly pages: Pages;
  readonly address: Address;
  readonly log: Log;
};

/** What `GET /shell/:session/about` answers to the page. */
export type ShellAbout = {
  readonly driver: DriverName;
  readonly lang: Lang;
  /** Null when the lesson is not there any more. */
  readonly lesson: Pick<LessonContent, "title" | "summary" | "steps"> | null;
};

const MAX_BODY_BYTES = 200;

// xterm.js draws with style elements it makes itself; scripts stay as strict as everywhere.
const SHELL_PAGE_HEADERS = {
  ...PAGE_HEADERS,
  "content-security-policy": `${PAGE_HEADERS["content-security-policy"]}; style-src 'self' 'unsafe-inline'`,
};

/** The way in by a personal link, and the page with the lesson beside its shell. */
export function sandboxDoor(door: SandboxDoor): Router {
  const router = Router();
  router.use(assets(door.pages));
  router.get("/s", (_request, response) => {
    // The same bytes for everybody, previewers too; the page itself finds its language.
    const page = { entry: "spend-link", title: SANDBOX.linkTitle.en, lang: "en" } as const;
    response.set(PAGE_HEADERS).send(door.pages.html(page));
  });
  router.post(
    "/s",
    writeGuard(door.address),
    express.json({ limit: MAX_BODY_BYTES }),
    (request, response) => spend(door, request, response),
  );
  router.get("/shell/:session", (request, response) => shellPage(door, request, response));
  router.get("/shell/:session/about", (request, response) => about(door, request, response));
  router.use("/s", unreadable);
  return router;
}

const SpendBody = z.object({ secret: z.string() });

/** 204 with the cookie, and in `Location` the page to go to; the secret is used up then. */
async function spend(door: SandboxDoor, request: Request, response: Response): Promise<void> {
  const foreign = refusedOrigin(request, door.address);
  if (foreign !== null) {
    refuse(request, response, foreign);
    return;
  }
  const body = SpendBody.safeParse(request.body);
  const cookie = personCookie(request.headers.cookie, door.address);
  const entry = body.success
    ? await door.sandbox.spend(body.data.secret, cookie)
    : refusal("link-malformed");
  if (isRefusal(entry)) {
    refuse(request, response, entry);
    return;
  }
  response
    .status(204)
    .set("cache-control", "no-store")
    .set("set-cookie", setPersonCookie(entry.cookie, door.address, door.limits.hardEndMs))
    .set("location", entry.path)
    .end();
}

/** The page is the same for everybody; its script asks `about` and shows what that answers. */
async function shellPage(door: SandboxDoor, request: Request, response: Response): Promise<void> {
  const session = await enter(door, request);
  const lang = isRefusal(session)
    ? languageAccepted(request.headers["accept-language"])
    : session.lang;
  response
    .status(isRefusal(session) ? STATUS_OF[session.code] : 200)
    .set(SHELL_PAGE_HEADERS)
    .send(door.pages.html({ entry: "shell", title: SANDBOX.shellTitle[lang], lang }));
}

async function about(door: SandboxDoor, request: Request, response: Response): Promise<void> {
  const session = await enter(door, request);
  if (isRefusal(session)) {
    refuse(request, response, session);
    return;
  }
  const { lang } = session;
  const answer: ShellAbout = { driver: door.driver, lang, lesson: await lessonOf(door, session) };
  response.set("cache-control", "no-store").json(answer);
}

async function lessonOf(door: SandboxDoor, session: Session): Promise<ShellAbout["lesson"]> {
  const { person, lesson, lang } = session;
  const cover = await door.curriculum.open({ person }, lesson, lang);
  const content = isRefusal(cover) ? cover : door.curriculum.content(cover.path, lang);
  if (isRefusal(content)) {
    return null;
  }
  const { title, summary, steps } = content;
  return { title, summary, steps };
}

function enter(door: SandboxDoor, request: Request): Promise<Session | Refusal> {
  const id = request.params["session"];
  const cookie = personCookie(request.headers.cookie, door.address);
  return door.sandbox.enter(typeof id === "string" ? id : "", cookie);
}

const SOCKET_PATH = /^\/shell\/([A-Za-z0-9_-]{1,64})\/socket$/;

/** For the server's `upgrade` event; false when the path is somebody else's. */
export function sandboxUpgrade(
  door: SandboxDoor,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean {
  return (request, socket, head) => {
    const session = SOCKET_PATH.exec(request.url ?? "")?.[1];
    if (session === undefined) {
      return false;
    }
    // A client may hang up at any moment; an error without a listener would end the server.
    socket.on("error", () => socket.destroy());
    const cookie = personCookie(request.headers.cookie, door.address);
    const foreign = refusedOrigin(request, door.address);
    const answered =
      foreign === null
        ? door.gateway.accept({ request, socket, head, session, cookie })
        : Promise.resolve(foreign);
    const lang = languageAccepted(request.headers["accept-language"]);
    answered.then(
      (refused) => refused !== null && hangUp(socket, refused, lang),
      (error: unknown) => hangUp(socket, unexpected(door, error), lang),
    );
    return true;
  };
}

function unexpected({ log }: SandboxDoor, error: unknown): Refusal {
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference }, "the socket of a shell was not opened");
  return refusal("unexpected", { reference });
}

function hangUp(socket: Duplex, refused: Refusal, lang: Lang): void {
  const problem = problemOf(refused, lang, ({ variable }) => variable);
  const body = Buffer.from(JSON.stringify(problem));
  socket.write(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\n` +
      "content-type: application/problem+json; charset=utf-8\r\n" +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n`,
  );
  socket.end(body);
}

/** Exact, and required: a page elsewhere must neither spend a link nor open a socket. */
function refusedOrigin(request: IncomingMessage, address: Address): Refusal | null {
  const origin = request.headers.origin ?? "";
  return ourOrigins(address).includes(origin)
    ? null
    : refusal("foreign-origin", { origin: origin.slice(0, 100) });
}

// Express knows an error handler by its four parameters.
// oxlint-disable-next-line max-params
const unreadable: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (error instanceof Error && "status" in error) {
    refuse(request, response, refusal("link-malformed"));
    return;
  }
  next(error);
};

function refuse(request: IncomingMessage, response: Response, refused: Refusal): void {
  const lang = languageAccepted(request.headers["accept-language"]);
  sendProblem(
    response,
    problemOf(refused, lang, ({ variable }) => variable),
    lang,
  );
}
