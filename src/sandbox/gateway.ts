import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { z } from "zod";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import { SANDBOX } from "#text/sandbox.ts";
import type { SandboxLimits } from "./limits.ts";
import type { OpenShell, Screen } from "./open-shell.ts";
import type { Session } from "./ports.ts";
import type { Sandbox } from "./session.ts";
import type { Shells } from "./shells.ts";

/** What a browser sends, as JSON text frames. */
const FromBrowser = z.discriminatedUnion("type", [
  z.object({ type: z.literal("input"), text: z.string() }),
  z.object({
    type: z.literal("resize"),
    columns: z.number().int().min(2).max(500),
    rows: z.number().int().min(2).max(300),
  }),
]);

/** What a browser gets, as JSON text frames; `ended` is the last one. */
type ToBrowser =
  | { readonly type: "hello"; readonly driver: string }
  | { readonly type: "output"; readonly text: string }
  | { readonly type: "ended"; readonly reason: string; readonly text: string };

/** An upgrade request with its socket, from a page of ours (the door has checked the Origin). */
export type Upgrade = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly session: string;
  readonly cookie: string | null;
};

export type Gateway = Disposable & {
  /** Takes the socket over, or answers why not; then the door still has it. */
  accept(upgrade: Upgrade): Promise<Refusal | null>;
};

const MAX_FRAME_BYTES = 64 * 1024;
const MAX_INPUT = 4_096;
const PING_MS = 30_000;

export function sandboxGateway(deps: {
  readonly sandbox: Sandbox;
  readonly shells: Shells;
  readonly limits: SandboxLimits;
}): Gateway {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    // Compressing a stranger's output costs memory for each socket, and can be made to cost a lot.
    perMessageDeflate: false,
  });
  return {
    async accept({ request, socket, head, session: id, cookie }) {
      const session = await deps.sandbox.enter(id, cookie);
      if (isRefusal(session)) {
        return session;
      }
      const line = new Line(deps.limits, session);
      const shell = deps.shells.connect(session, line);
      if (isRefusal(shell)) {
        return shell;
      }
      // A socket that died meanwhile never opens; without this the shell would wait for it.
      socket.once("close", () => line.close(shell));
      server.handleUpgrade(request, socket, head, (websocket) => {
        line.open(websocket, shell, deps.shells.driver);
      });
      return null;
    },
    [Symbol.dispose]() {
      for (const client of server.clients) {
        client.terminate();
      }
      server.close();
    },
  };
}

/** One browser's socket, with flow control between it and the shell. */
class Line implements Screen {
  readonly #limits: SandboxLimits;
  readonly #session: Session;
  #websocket: WebSocket | null = null;
  #shell: OpenShell | null = null;
  #before = "";
  #closed = false;

  constructor(limits: SandboxLimits, session: Session) {
    this.#limits = limits;
    this.#session = session;
  }

  open(websocket: WebSocket, shell: OpenShell, driver: string): void {
    this.#websocket = websocket;
    this.#shell = shell;
    this.#send({ type: "hello", driver });
    this.show(this.#before);
    websocket.on("message", (data) => this.#take(data, shell));
    // ws reports a frame that is too big or broken here and then closes.
    websocket.on("error", () => websocket.terminate());
    this.#keepAlive(websocket);
  }

  close(shell: OpenShell): void {
    if (!this.#closed) {
      this.#closed = true;
      shell.detach();
    }
  }

  show(text: string): void {
    if (this.#websocket === null) {
      this.#before += text;
    } else if (text !== "") {
      this.#send({ type: "output", text });
    }
  }

  over(reason: keyof typeof SANDBOX): void {
    this.#send({ type: "ended", reason, text: SANDBOX[reason][this.#session.lang] });
    this.#websocket?.close(1000);
  }

  #send(message: ToBrowser): void {
    const websocket = this.#websocket;
    if (websocket === null) {
      return;
    }
    websocket.send(JSON.stringify(message), () => {
      if (websocket.bufferedAmount < this.#limits.lowWaterBytes) {
        this.#shell?.hold(false);
      }
    });
    if (websocket.bufferedAmount > this.#limits.highWaterBytes) {
      this.#shell?.hold(true);
    }
  }

  #take(data: RawData, shell: OpenShell): void {
    const message = FromBrowser.safeParse(parsed(data));
    if (!message.success) {
      this.#websocket?.close(1008);
      return;
    }
    if (message.data.type === "input") {
      shell.type(message.data.text.slice(0, MAX_INPUT));
    } else {
      shell.resize(message.data);
    }
  }

  #keepAlive(websocket: WebSocket): void {
    let answered = true;
    const timer = setInterval(() => {
      if (!answered) {
        websocket.terminate();
      }
      answered = false;
      websocket.ping();
    }, PING_MS).unref();
    websocket.on("pong", () => (answered = true));
    websocket.on("close", () => clearInterval(timer));
  }
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString("utf8") : "");
  } catch {
    return null;
  }
}
