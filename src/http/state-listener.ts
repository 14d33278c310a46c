import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";

export type StateListener = AsyncDisposable & {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string;
};

/** The kept port belongs to another program now; detached applies look for their state there. */
export class StatePortTaken extends Error {
  override readonly name = "StatePortTaken";
}

// Below 32768, where Linux takes ports for outgoing connections: one of those must not be in our
// way after a restart.
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const ATTEMPTS = 50;

/**
 * Serves the state route on 127.0.0.1, on a port that is chosen once and kept in
 * `dataDir/state-port`: an apply that outlived its server must find it there again.
 * Throws `StatePortTaken`.
 */
export async function openStateListener(options: {
  readonly dataDir: string;
  readonly listener: RequestListener;
}): Promise<StateListener> {
  const file = join(options.dataDir, "state-port");
  const kept = keptPort(file);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 },
    options.listener,
  );
  const port = kept === null ? await bindNew(server, file) : await bindKept(server, kept, file);
  return {
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function keptPort(file: string): number | null {
  try {
    const port = Number(readFileSync(file, "utf8").trim());
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

async function bindKept(server: Server, port: number, file: string): Promise<number> {
  if (!(await bind(server, port))) {
    throw new StatePortTaken(
      `port ${port} on 127.0.0.1, which ${file} keeps for Terraform's state, is used by another ` +
        "program; stop that program, or, when no apply is running, delete the file",
    );
  }
  return port;
}

async function bindNew(server: Server, file: string): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST_PORT + randomInt(PORTS);
    if (await bind(server, port)) {
      writeFileSync(`${file}.new`, `${port}\n`);
      renameSync(`${file}.new`, file);
      return port;
    }
  }
  throw new StatePortTaken(`no free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS}`);
}

/** False when somebody else has the port. */
async function bind(server: Server, port: number): Promise<boolean> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      return false;
    }
    throw error;
  }
}
