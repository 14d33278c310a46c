import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import * as z from "zod/mini";
import { SANDBOX } from "#text/sandbox.ts";
import type { Lang } from "#text/wording.ts";

type View = {
  readonly screen: HTMLElement;
  readonly state: HTMLElement;
  readonly lang: Lang;
  /** Of the websocket. */
  readonly path: string;
};

const FromServer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), driver: z.string() }),
  z.object({ type: z.literal("output"), text: z.string() }),
  z.object({ type: z.literal("ended"), reason: z.string(), text: z.string() }),
]);

const TRIES = 6;
const BETWEEN_TRIES_MS = 500;
// The server cuts a message there; a paste goes in pieces.
const LONGEST_INPUT = 4_096;

/** A terminal in the page, connected to its shell. */
export function openTerminal(view: View): void {
  // No clipboard and no title addon: what a shell prints can reach neither.
  const terminal = new Terminal({
    cursorBlink: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
    fontSize: 14,
    scrollback: 5_000,
    screenReaderMode: true,
    theme: { background: "#11141b", foreground: "#e7e9f0" },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(view.screen);
  fit.fit();
  new ResizeObserver(() => fit.fit()).observe(view.screen);
  connect({ ...view, terminal, tries: TRIES });
}

type Connecting = View & { readonly terminal: Terminal; readonly tries: number };

/** A page that was reloaded may be here before the server has seen its old socket close. */
function connect(connecting: Connecting): void {
  const { terminal, state, lang, path, tries } = connecting;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}${path}`);
  let ended = false;
  let opened = false;
  const listeners = [
    terminal.onData((text) => sendInput(socket, text)),
    terminal.onResize((size) => sendSize(socket, size.cols, size.rows)),
  ];
  socket.addEventListener("open", () => {
    opened = true;
    state.textContent = "";
    terminal.reset();
    sendSize(socket, terminal.cols, terminal.rows);
    terminal.focus();
  });
  socket.addEventListener("message", (event) => {
    const message = FromServer.parse(JSON.parse(String(event.data)));
    if (message.type === "output") {
      terminal.write(message.text);
    } else if (message.type === "ended") {
      ended = true;
      state.textContent = message.text;
    }
  });
  socket.addEventListener("close", () => {
    for (const listener of listeners) {
      listener.dispose();
    }
    if (!opened && tries > 1) {
      setTimeout(() => connect({ ...connecting, tries: tries - 1 }), BETWEEN_TRIES_MS);
    } else if (!ended) {
      state.textContent = (opened ? SANDBOX.lost : SANDBOX.notConnected)[lang];
    }
  });
}

function sendInput(socket: WebSocket, text: string): void {
  for (let from = 0; from < text.length; from += LONGEST_INPUT) {
    send(socket, { type: "input", text: text.slice(from, from + LONGEST_INPUT) });
  }
}

function sendSize(socket: WebSocket, columns: number, rows: number): void {
  send(socket, { type: "resize", columns, rows });
}

function send(socket: WebSocket, message: object): void {
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
  }
}
