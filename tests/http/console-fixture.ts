import { createServer } from "node:http";
import express from "express";
import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { consoleDoor, isConsoleWire } from "#bots/console/app.ts";
import { consolePage } from "#http/console.ts";
import type { Pages } from "#http/pages.ts";
import { SILENT } from "#telemetry/log.ts";
import { LOCAL } from "#tests/fakes/chat.ts";
import type { ChatHouse } from "#tests/support/chat.ts";

/** The console's page and its wire on a port of their own. */
export async function serveConsole(chat: ChatHouse, pages: Pages) {
  const app = express();
  const door = consoleDoor({
    messages: chat.messages,
    inbox: chat.inbox,
    policy: LOCAL,
    bell: chat.bell,
    standIns: { simulated: true, offline: true },
    randomId: chat.randomId,
    onReceived: () => {},
    log: SILENT,
  });
  app.use((request, response, next) =>
    isConsoleWire(request.url) ? door(request, response) : next(),
  );
  app.use(consolePage(pages));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("the server listens on no port");
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A real browser; `complaints` are errors of a page and what its content policy stopped. */
export async function openBrowser(executablePath: string) {
  const browser = await chromium.launch({ executablePath, args: ARGS });
  const complaints: string[] = [];

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") {
        complaints.push(message.text());
      }
    });
    await page.goto(url);
    return page;
  }

  return { open, complaints, [Symbol.asyncDispose]: () => browser.close() };
}

/** The server's answers to these requests are made at once, and reach the page when released. */
export async function heldBack(page: Page, url: string) {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    const response = await route.fetch();
    asked.resolve();
    await released.promise;
    await route.fulfill({ response });
  });
  return { asked: asked.promise, release: () => released.resolve() };
}

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
