import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startProgram, type Program } from "#commands/program.ts";

const WORKER = fileURLToPath(new URL("../../src/commands/worker.ts", import.meta.url));
const KEPT_LINES = 200;
const Line = z.object({ msg: z.string() });
const Working = z.object({ msg: z.literal("working"), worker: z.string() });

/** Processes of one product on one database and one queue, each with a folder of its own. */
export type Several = AsyncDisposable & {
  /** Doors only: `npm start` with WORKER_CONCURRENCY=0. */
  doors(more?: Readonly<Record<string, string>>): Promise<Program>;
  /** `npm run worker`. */
  worker(more?: Readonly<Record<string, string>>): Promise<Worker>;
};

export type Worker = {
  /** As the database knows it; the same after another start. */
  readonly id: string;
  /** What its log said since the first start, oldest first. */
  readonly said: () => readonly string[];
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** On the same folder. */
  start(): Promise<void>;
};

export function openSeveral(shared: Readonly<Record<string, string>>): Several {
  const folder = mkdtempSync(join(tmpdir(), "mcp-several-"));
  const endings: (() => Promise<unknown>)[] = [];
  let count = 0;

  function environment(more: Readonly<Record<string, string>>): Record<string, string> {
    count += 1;
    const { PATH = "", HOME = "", TEST_COMPILED: NODE_COMPILE_CACHE = "" } = process.env;
    const own = { PORT: "0", DATA_DIR: join(folder, String(count)), SECRET_KEY: "k".repeat(40) };
    return { PATH, HOME, NODE_COMPILE_CACHE, ...own, ...shared, ...more };
  }

  return {
    async doors(more = {}) {
      const program = await startProgram(environment({ WORKER_CONCURRENCY: "0", ...more }));
      endings.push(() => program.stop());
      return program;
    },
    async worker(more = {}) {
      const env = environment(more);
      const lines: string[] = [];
      let { child, id } = await startWorker(env, lines);
      endings.push(() => end(child, "SIGTERM"));
      return {
        id,
        said: () => lines,
        signal: (name) => void child.kill(name),
        kill: () => end(child, "SIGKILL"),
        async start() {
          ({ child, id } = await startWorker(env, lines));
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(endings.map((stop) => stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Settles once it works; throws with its last lines when it ends before. */
async function startWorker(
  env: Record<string, string>,
  lines: string[],
): Promise<{ child: ChildProcess; id: string }> {
  const child = spawn(process.execPath, [WORKER], { env, stdio: ["ignore", "pipe", "pipe"] });
  createInterface({ input: child.stderr }).on("line", (line) => keep(lines, line));
  const id = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const read = asJson(line);
      keep(lines, Line.safeParse(read).data?.msg ?? line);
      const working = Working.safeParse(read);
      if (working.success) {
        resolve(working.data.worker);
      }
    });
    child.once("exit", (code) =>
      reject(new Error(`The worker ended with ${code}:\n${lines.slice(-20).join("\n")}`)),
    );
  });
  return { child, id };
}

function keep(lines: string[], line: string): void {
  lines.push(line);
  if (lines.length > KEPT_LINES) {
    lines.shift();
  }
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}
