import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type RequestOptions } from "node:http";
import express from "express";
import { WebSocket } from "ws";
import { z } from "zod";
import { bundlePages } from "#http/pages.ts";
import { sandboxDoor, sandboxUpgrade, type SandboxDoor } from "#http/sandbox.ts";
import { sandboxGateway } from "#sandbox/gateway.ts";
import { SANDBOX_LIMITS, type SandboxLimits } from "#sandbox/limits.ts";
import { sandbox } from "#sandbox/session.ts";
import type { Driver } from "#sandbox/shell.ts";
import { shells } from "#sandbox/shells.ts";
import { SILENT } from "#telemetry/log.ts";
import { isRefusal, refusal } from "#text/refusal.ts";
import { fakeSandboxLinks } from "#tests/fakes/sandbox-links.ts";
import { until } from "#tests/support/until.ts";

const Message = z.object({
  type: z.enum(["hello", "output", "ended"]),
  text: z.string().default(""),
  reason: z.string().default(""),
});

/** An open terminal, as a browser would hold it. */
export type Line = {
  readonly socket: WebSocket;
  readonly output: () => string;
  readonly ended: () => string | null;
  type(text: string): void;
};

export type Entered = { readonly page: string; readonly cookie: string };

/** The sandbox's door on a port of its own, over a record in memory. */
export type SandboxServer = AsyncDisposable & {
  readonly origin: string;
  readonly clock: { at: number };
  link(person?: string): Promise<string>;
  spend(secret: string, headers?: Record<string, string>): Promise<Response>;
  /** Spends a new link. */
  enter(person?: string): Promise<Entered>;
  /** The status of the upgrade: 101, or why not. */
  knock(page: string, headers: Record<string, string>): Promise<number>;
  connect(entered: Entered): Promise<Line>;
};

export async function openSandboxServer(options: {
  driver: Driver;
  limits?: Partial<SandboxLimits>;
  curriculum?: SandboxDoor["curriculum"];
}): Promise<SandboxServer> {
  const limits = { ...SANDBOX_LIMITS, ...options.limits };
  const clock = { at: Date.now() };
  const now = () => new Date(clock.at);
  const links = fakeSandboxLinks();
  let origin = "";
  const open = shells({
    driver: options.driver,
    limits,
    now,
    log: SILENT,
    onOver: ({ id }) => links.endSession(id, now()),
  });
  const sessions = sandbox({
    links,
    limits,
    publicUrl: () => origin,
    now,
    randomBytes,
    mayUse: async () => true,
    room: (person) => open.room(person),
  });
  const gateway = sandboxGateway({ sandbox: sessions, shells: open, limits });
  const server = createServer();
  const door: SandboxDoor = {
    sandbox: sessions,
    gateway,
    driver: open.driver,
    limits,
    curriculum: options.curriculum ?? NO_LESSONS,
    pages: await PAGES,
    log: SILENT,
    address: { publicUrl: null, onLoopback: true, boundPort: () => portOf(server.address()) },
  };
  server.on("request", express().use(sandboxDoor(door)));
  server.on("upgrade", sandboxUpgrade(door));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://localhost:${portOf(server.address())}`;

  async function link(person = "student"): Promise<string> {
    const opened = await sessions.open({ person, lesson: "cli-basics", lang: "en" });
    if (isRefusal(opened)) {
      throw new Error(`No link: ${opened.code}`);
    }
    return opened.url.split("#")[1] ?? "";
  }
  function spend(secret: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${origin}/s`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, ...headers },
      body: JSON.stringify({ secret }),
    });
  }
  return {
    origin,
    clock,
    link,
    spend,
    async enter(person) {
      const answer = await spend(await link(person));
      const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
      return { page: answer.headers.get("location") ?? "", cookie };
    },
    knock: (page, headers) => knock(`${origin.replace("http", "ws")}${page}/socket`, headers),
    async connect({ page, cookie }) {
      const url = `${origin.replace("http", "ws")}${page}/socket`;
      return lineOf(new WebSocket(url, { headers: { origin, cookie } }));
    },
    async [Symbol.asyncDispose]() {
      await open[Symbol.asyncDispose]();
      gateway[Symbol.dispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

const PAGES = bundlePages();

const NO_LESSONS: SandboxDoor["curriculum"] = {
  open: async () => refusal("not-found", { what: "lesson", id: "cli-basics" }),
  content: () => refusal("not-found", { what: "lesson", id: "cli-basics" }),
};

function portOf(address: unknown): number {
  return z.object({ port: z.number() }).parse(address).port;
}

/** A request as no browser and no fetch would send it: with any Host, or an upgrade that is refused. */
export async function rawly(url: string, sending: RequestOptions, body = "") {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = request(url, sending, resolve);
  outgoing.on("error", reject);
  outgoing.end(body);
  const response = await promise;
  const text = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode, headers: response.headers, json: JSON.parse(text) };
}

async function knock(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  return new Promise((resolve) => {
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("open", () => {
      resolve(101);
      socket.terminate();
    });
    socket.on("error", () => undefined);
  });
}

async function lineOf(socket: WebSocket): Promise<Line> {
  let output = "";
  let ended: string | null = null;
  let greeted = false;
  socket.on("message", (data: Buffer) => {
    const message = Message.parse(JSON.parse(data.toString("utf8")));
    greeted ||= message.type === "hello";
    output += message.type === "output" ? message.text : "";
    ended = message.type === "ended" ? message.reason : ended;
  });
  await once(socket, "open");
  await until("the greeting", () => greeted);
  return {
    socket,
    output: () => output,
    ended: () => ended,
    type: (text) => socket.send(JSON.stringify({ type: "input", text })),
  };
}
