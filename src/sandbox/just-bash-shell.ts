import { Worker } from "node:worker_threads";
import { SANDBOX } from "#text/sandbox.ts";
import { say, type Lang } from "#text/wording.ts";
import { Answer, type Command, type Start } from "./just-bash-wire.ts";
import { lineEditor, type Keyed } from "./line-editor.ts";
import type { Driver, Shell } from "./shell.ts";

const HOME = "/home/learner";
/** A worker that does not answer for that long is replaced. */
const STUCK_MS = 15_000;

/**
 * Shells simulated by just-bash, for hosts where bubblewrap does not work. Each runs in a worker
 * thread, because a loop in it holds its thread. No command of it starts a process of this host.
 */
export function justBashDriver(stuckMs = STUCK_MS): Driver {
  return { name: "just-bash", start: ({ lang }) => start(lang, stuckMs) };
}

function start(lang: Lang, stuckMs: number): Shell {
  const session = new JustBashSession(lang, stuckMs);
  return {
    write: (text) => session.type(text),
    // Nothing here is laid out to a width, and its output is bounded by its own limits.
    resize: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    onOutput: (listener) => void session.outputs.push(listener),
    onEnd: (listener) => void session.ends.push(listener),
    end: () => session.end(),
  };
}

class JustBashSession {
  readonly outputs: ((text: string) => void)[] = [];
  readonly ends: (() => void)[] = [];
  readonly #lang: Lang;
  readonly #stuckMs: number;
  readonly #editor = lineEditor();
  #worker: Worker;
  #folder = HOME;
  /** The thread has said that it is there, or has answered the last line. */
  #free = false;
  #running: NodeJS.Timeout | null = null;
  #waiting: string[] = [];
  #over = false;

  constructor(lang: Lang, stuckMs: number) {
    this.#lang = lang;
    this.#stuckMs = stuckMs;
    this.#worker = this.#open();
  }

  type(text: string): void {
    for (const keyed of this.#editor.type(text)) {
      this.#take(keyed);
    }
  }

  async end(): Promise<boolean> {
    if (!this.#over) {
      this.#over = true;
      this.#stopWaiting();
      await this.#worker.terminate();
      for (const listener of this.ends) {
        listener();
      }
    }
    return true;
  }

  #take(keyed: Keyed): void {
    switch (keyed.key) {
      case "echo":
        this.#show(keyed.text);
        return;
      case "line":
        this.#waiting.push(keyed.line);
        this.#next();
        return;
      case "leave":
        void this.end();
        return;
      case "interrupt":
        this.#interrupt();
    }
  }

  #next(): void {
    const line = this.#free ? this.#waiting.shift() : undefined;
    if (line === undefined || this.#over) {
      return;
    }
    if (/^\s*(exit|logout)(\s+\d+)?\s*$/.test(line)) {
      void this.end();
      return;
    }
    this.#free = false;
    this.#running = setTimeout(() => void this.#restart(), this.#stuckMs);
    const command: Command = { line };
    this.#worker.postMessage(command);
  }

  #interrupt(): void {
    this.#waiting = [];
    if (this.#free) {
      this.#prompt();
      return;
    }
    if (this.#running === null) {
      return;
    }
    // A loop never looks at its messages, so its thread is the only thing that can be stopped.
    void this.#restart();
  }

  async #restart(): Promise<void> {
    this.#stopWaiting();
    this.#free = false;
    this.#waiting = [];
    const stuck = this.#worker;
    stuck.removeAllListeners();
    this.#worker = this.#open();
    this.#show(`\r\n${SANDBOX.stuck[this.#lang]}\r\n`);
    await stuck.terminate();
  }

  #open(): Worker {
    const start: Start = {
      needsBubblewrap: say(SANDBOX.needsBubblewrap, this.#lang),
      home: HOME,
    };
    const worker = new Worker(new URL("just-bash-worker.ts", import.meta.url), {
      workerData: start,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
    worker.on("message", (message: unknown) => this.#answered(Answer.parse(message)));
    // Out of memory, for one. A thread that dies without work would only die again.
    worker.on("error", () => void (this.#running === null ? this.end() : this.#restart()));
    return worker;
  }

  #answered({ output, folder }: Answer): void {
    this.#stopWaiting();
    this.#free = true;
    this.#folder = folder;
    this.#show(output.replace(/\r?\n/g, "\r\n"));
    this.#prompt();
    this.#next();
  }

  #stopWaiting(): void {
    if (this.#running !== null) {
      clearTimeout(this.#running);
      this.#running = null;
    }
  }

  #prompt(): void {
    this.#show(`${this.#folder.replace(HOME, "~")} $ `);
  }

  #show(text: string): void {
    if (!this.#over && text !== "") {
      for (const listener of this.outputs) {
        listener(text);
      }
    }
  }
}
