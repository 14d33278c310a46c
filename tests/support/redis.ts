import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { Secret } from "#telemetry/secret.ts";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

/** A Redis of the test's own, in memory only, that can be away for a while. */
export type Redis = AsyncDisposable & {
  readonly url: Secret;
  readonly port: number;
  start(): Promise<void>;
  /** kill -9: what waited in it is gone. */
  stop(): Promise<void>;
  /** One command by Redis's inline protocol; answers its first line. */
  ask(command: string): Promise<string>;
};

/** Not started yet; `program` is a redis-server or valkey-server. */
export async function openRedis(program: string): Promise<Redis> {
  const port = await freePort();
  let server: ChildProcess | null = null;

  async function stop(): Promise<void> {
    if (server !== null) {
      const ended = once(server, "exit");
      server.kill("SIGKILL");
      await ended;
      server = null;
    }
  }

  return {
    url: new Secret(`redis://127.0.0.1:${port}`),
    port,
    async start() {
      const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", ""];
      server = spawn(program, [...args, "--appendonly", "no"], { stdio: "ignore" });
      await until("Redis to answer", async () => (await ask(port, "PING")) === "+PONG");
    },
    stop,
    ask: (command) => ask(port, command),
    [Symbol.asyncDispose]: stop,
  };
}

/** "" while nothing answers there. */
async function ask(port: number, command: string): Promise<string> {
  return fetchLine(port, command).catch(() => "");
}

async function fetchLine(port: number, command: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8");
  try {
    await once(socket, "connect");
    socket.write(`${command}\r\n`);
    const [chunk] = await once(socket, "data");
    return String(chunk).split("\r\n")[0] ?? "";
  } finally {
    socket.destroy();
  }
}
