import { lookup } from "node:dns/promises";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { pipeline, type Duplex } from "node:stream";
import type { Log } from "#telemetry/log.ts";
import { phraseOf, type NetworkRefusal } from "#text/run-network.ts";
import { isPublic } from "./public-address.ts";

/** Answers the CONNECT of a run that has no network. */
export type Tunnel = (request: IncomingMessage, inside: Duplex, head: Buffer) => void;

type TunnelParts = {
  readonly log: Log;
  /** All addresses of a name; throws where there is none. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** A connection to an address; throws where there is none. */
  readonly dial?: (address: string, port: number) => Promise<Socket>;
};

/**
 * Lets runs reach public addresses on port 443. The name is looked up here, and the connection goes
 * to the very address that was judged: a name that is looked up twice may answer something else.
 */
export function openTunnels({
  log,
  resolve = addressesOf,
  dial = dialAddress,
}: TunnelParts): Tunnel {
  async function open(target: Target): Promise<Socket> {
    const addresses = await resolve(target.host).catch(() => []);
    if (addresses.length === 0) {
      throw new Refused("unknown");
    }
    if (!addresses.every(isPublic)) {
      throw new Refused("private");
    }
    return dialFirst(addresses, (address) => dial(address, HTTPS));
  }

  async function serve(request: IncomingMessage, inside: Duplex, head: Buffer): Promise<void> {
    const asked = request.url ?? "";
    try {
      const outside = await open(targetOf(asked));
      inside.write("HTTP/1.1 200 Connection established\r\n\r\n");
      outside.write(head);
      pipeline(inside, outside, inside, () => {
        inside.destroy();
        outside.destroy();
      });
    } catch (error) {
      const why = error instanceof Refused ? error.why : "away";
      log.warn({ asked: asked.slice(0, 300), why, err: error }, "a run was refused a connection");
      const status = why === "private" || why === "port" ? 403 : 502;
      inside.end(`HTTP/1.1 ${status} ${phraseOf(why, asked)}\r\nconnection: close\r\n\r\n`);
    }
  }

  return (request, inside, head) => {
    inside.on("error", () => {
      // The run hung up; there is nobody to tell.
      inside.destroy();
    });
    void serve(request, inside, head);
  };
}

/** What asks for another server without a tunnel would be read on its way. */
export function refusePlain(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(403, phraseOf("port", request.url ?? ""), { "content-length": 0 });
  response.end();
}

class Refused extends Error {
  override readonly name = "Refused";
  readonly why: NetworkRefusal;

  constructor(why: NetworkRefusal) {
    super(why);
    this.why = why;
  }
}

const HTTPS = 443;
type Target = { readonly host: string };

function targetOf(asked: string): Target {
  const [, host, port] = /^\[?([a-z0-9._:-]{1,253}?)\]?:(\d{1,5})$/i.exec(asked) ?? [];
  if (host === undefined || Number(port) !== HTTPS) {
    throw new Refused("port");
  }
  return { host };
}

async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

async function dialFirst(
  addresses: readonly string[],
  dial: (address: string) => Promise<Socket>,
): Promise<Socket> {
  const errors: unknown[] = [];
  for (const address of addresses) {
    try {
      return await dial(address);
    } catch (error) {
      errors.push(error);
    }
  }
  throw new AggregateError(errors, "No address of it answers.");
}

const DIAL_MS = 10_000;

async function dialAddress(address: string, port: number): Promise<Socket> {
  const socket = connect({ host: address, port });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(DIAL_MS) });
  } catch (cause) {
    socket.destroy();
    throw new Error(`${address} does not answer.`, { cause });
  }
  return socket;
}
