import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { dirname } from "node:path";
import { refusePlain, type Tunnel } from "./tunnel.ts";

/**
 * Serves runs that have no network on a unix socket, in a folder that they see: Terraform's state
 * and, where `tunnel` is given, ways out. Whoever held the path before is gone: the caller holds
 * DATA_DIR. Runs that go on while nobody listens find the next socket under the same name.
 */
export async function openRunDoor(
  path: string,
  { listener, tunnel }: { readonly listener: RequestListener; readonly tunnel: Tunnel | null },
): Promise<AsyncDisposable> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 120_000 }, (...exchange) =>
    (isForeign(exchange[0].url) ? refusePlain : listener)(...exchange),
  );
  if (tunnel !== null) {
    server.on("connect", tunnel);
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  server.listen(path);
  await once(server, "listening");
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Addressed to somebody else, as programs ask a proxy. */
function isForeign(url: string | undefined): boolean {
  return url?.startsWith("/") !== true;
}
