import type { IncomingMessage, ServerResponse } from "node:http";
import { startLoop } from "#bots/loop.ts";
import type { Log } from "#telemetry/log.ts";
import type { Bell } from "./bell.ts";
import type { ConsoleMessages } from "./ports.ts";
import { wireMessage } from "./wire.ts";

const POLL_MS = 1000;
/** Proxies and browsers drop a stream that stays silent for long. */
const SIGN_OF_LIFE_MS = 15_000;

export type StreamParts = {
  readonly messages: Pick<ConsoleMessages, "changes" | "lastChange">;
  readonly bell: Bell;
  readonly log: Log;
};

/**
 * New and edited messages as server-sent events, for one person (null: what everybody sees) until
 * they hang up. `Last-Event-ID` resumes behind the last one that came.
 */
export async function streamEvents(
  { messages, bell, log }: StreamParts,
  user: string | null,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  let last = resumeAfter(request) ?? (await messages.lastChange());
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.write(": connected\n\n");
  const step = async () => {
    const news = await messages.changes(last, user);
    for (const message of news) {
      const data = JSON.stringify({ thread: message.thread, ...wireMessage(message) });
      response.write(`id: ${message.change}\ndata: ${data}\n\n`);
      last = message.change;
    }
    return news.length > 0;
  };
  const loop = startLoop({ name: "console-stream", step, everyMs: POLL_MS, log });
  const silence = bell.onRing(() => loop.ring());
  const alive = setInterval(() => response.write(": alive\n\n"), SIGN_OF_LIFE_MS);
  await hangUp(request, response);
  clearInterval(alive);
  silence();
  await loop[Symbol.asyncDispose]();
}

function resumeAfter(request: IncomingMessage): number | null {
  const sent = request.headers["last-event-id"];
  return typeof sent === "string" && /^\d{1,15}$/.test(sent) ? Number(sent) : null;
}

function hangUp(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (request.destroyed || response.destroyed) {
    resolve();
  }
  response.once("close", () => resolve());
  return promise;
}
