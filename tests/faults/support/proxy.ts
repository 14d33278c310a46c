import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy that can go down and come back. */
export type Proxy = AsyncDisposable & {
  readonly port: number;
  /** Cuts every connection and refuses new ones. */
  cut(): void;
  /** Takes connections again. */
  mend(): void;
  /** Takes what comes and passes nothing on, in either direction; connections stay open. */
  hold(): void;
};

export async function openProxy(to: {
  readonly host: string;
  readonly port: number;
}): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "held" = "open";

  function join(client: Socket): void {
    if (state === "cut") {
      client.destroy();
      return;
    }
    const server = connect(to);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on("data", (data) => {
        if (state === "open") {
          other.write(data);
        }
      });
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }

  const server = createServer(join);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const cut = (): void => {
    state = "cut";
    sockets.forEach((socket) => socket.destroy());
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut,
    mend() {
      state = "open";
    },
    hold() {
      state = "held";
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
