import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openRunDoor } from "#http/run-door.ts";
import { openTunnels } from "#http/tunnel.ts";
import { SILENT } from "#telemetry/log.ts";
import { readPhrase } from "#text/run-network.ts";

// Names of this test's internet; every address leads to one server that says who was dialled.
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "api.example.com": ["203.0.114.7"],
  "rebinds.example.com": ["203.0.114.8"],
  "inside.example.com": ["10.0.0.7"],
  "mixed.example.com": ["203.0.114.7", "127.0.0.1"],
  "metadata.google.internal": ["169.254.169.254"],
  "127.0.0.1": ["127.0.0.1"],
  "0x7f.1": ["127.0.0.1"],
  "::1": ["::1"],
  "away.example.com": ["203.0.114.99"],
};

let folder: string;
let door: AsyncDisposable;
const dialled: string[] = [];
const far = createServer((socket) => {
  socket.on("error", () => {});
  socket.pipe(socket);
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "run-door-"));
  far.listen(0, "127.0.0.1");
  await once(far, "listening");
  door = await openRunDoor(join(folder, "network/state/socket"), {
    listener: (_request, response) => response.end("the state"),
    tunnel: openTunnels({ log: SILENT, resolve, dial }),
  });
});
afterEach(() => {
  dialled.length = 0;
});
afterAll(async () => {
  await door[Symbol.asyncDispose]();
  far.close();
  rmSync(folder, { recursive: true });
});

async function resolve(host: string): Promise<readonly string[]> {
  return NAMES[host] ?? [];
}

async function dial(address: string, port: number): Promise<Socket> {
  dialled.push(`${address} ${port}`);
  if (address === "203.0.114.99") {
    throw new Error("nobody there");
  }
  const at = far.address();
  const socket = connect(typeof at === "object" && at !== null ? at.port : 0, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Asks for a tunnel as a program behind a proxy does; answers its status, phrase and socket. */
async function tunnel(path: string, socketPath = join(folder, "network/state/socket")) {
  const asking = request({ socketPath, method: "CONNECT", path });
  asking.end();
  const [answer, socket] = await once(asking, "connect");
  return { status: answer.statusCode, phrase: String(answer.statusMessage), socket };
}

describe("the door of runs without a network", () => {
  test("carries bytes to the very address that the name was found to have", async () => {
    const { status, socket } = await tunnel("rebinds.example.com:443");

    socket.end("hello");
    const echoed = await text(socket);

    expect([status, echoed, dialled]).toEqual([200, "hello", ["203.0.114.8 443"]]);
  });

  test.each([
    ["a private address", "inside.example.com:443", "private"],
    ["the metadata address by its name", "metadata.google.internal:443", "private"],
    ["this machine", "127.0.0.1:443", "private"],
    ["this machine, written in another way", "0x7f.1:443", "private"],
    ["this machine, by its newer address", "[::1]:443", "private"],
    ["a name that has a private address too", "mixed.example.com:443", "private"],
    ["another port", "api.example.com:80", "port"],
    ["no port", "api.example.com", "port"],
    ["a name that nobody knows", "nowhere.example.com:443", "unknown"],
  ])("connects nothing to %s, and says why", async (_, asked, why) => {
    const { status, phrase, socket } = await tunnel(asked);
    socket.destroy();

    expect(status).toBeGreaterThanOrEqual(400);
    expect(readPhrase(`Get "https://x/": ${phrase}\nwith provider x`)).toEqual({ why, asked });
    expect(dialled).toEqual([]);
  });

  test("says so where nobody answers", async () => {
    const { status, phrase, socket } = await tunnel("away.example.com:443");
    socket.destroy();

    expect([status, readPhrase(phrase)]).toEqual([
      502,
      { why: "away", asked: "away.example.com:443" },
    ]);
  });

  test("serves the state itself, and asks nobody else for a page without a tunnel", async () => {
    const socketPath = join(folder, "network/state/socket");
    const [own] = await once(request({ socketPath, path: "/tf/state/x" }).end(), "response");
    const plain = { socketPath, path: "http://api.example.com/" };
    const [foreign] = await once(request(plain).end(), "response");

    expect([own.statusCode, await text(own)]).toEqual([200, "the state"]);
    expect([foreign.statusCode, readPhrase(foreign.statusMessage)?.why]).toEqual([403, "port"]);
    expect(dialled).toEqual([]);
  });

  test("has no way out where none is given, and takes over what a dead server left", async () => {
    const path = join(folder, "closed");
    const options = { listener: () => {}, tunnel: null };
    const dead = createServer().listen(path);
    await once(dead, "listening");
    await using _door = await openRunDoor(path, options);

    const answer = tunnel("api.example.com:443", path);

    await expect(answer).rejects.toThrow("socket hang up");
    expect(dialled).toEqual([]);
    dead.close();
  });
});
