import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { call, type Answer } from "#commands/console-client.ts";
import { startProgram, type Program } from "#commands/program.ts";
import { dataDirFromTemplate } from "./embedded-template.ts";

/** Of a machine with far more to do than this. */
const PATIENCE_MS = 100_000;

/** The real program in plain Node on a folder of its own. */
export type Product = AsyncDisposable & {
  readonly dataDir: string;
  readonly url: () => string;
  /** Of the newest start. */
  readonly child: () => Program["child"];
  get(user: string, path: string): Promise<Answer>;
  post(user: string, path: string, body?: unknown): Promise<Answer>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** On the same folder; `over` replaces variables of the first start. */
  start(over?: Readonly<Record<string, string>>): Promise<void>;
  /** SIGTERM; answers the exit code once it has drained. */
  stop(): Promise<number | null>;
};

export async function openProduct(more: Readonly<Record<string, string>> = {}): Promise<Product> {
  const dataDir = dataDirFromTemplate("mcp-product-");
  const { PATH = "", HOME = "", TEST_COMPILED: NODE_COMPILE_CACHE = "" } = process.env;
  const env = {
    PATH,
    HOME,
    NODE_COMPILE_CACHE,
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "info",
    ...more,
  };
  let program: Program = await startProgram(env);
  return {
    dataDir,
    url: () => program.url,
    child: () => program.child,
    get: (user, path) => call(program.url, { user, method: "GET", path }),
    post: (user, path, body = {}) => call(program.url, { user, method: "POST", path, body }),
    async kill() {
      program.child.kill("SIGKILL");
      while (program.child.exitCode === null && program.child.signalCode === null) {
        await sleep(10);
      }
    },
    async start(over = {}) {
      program = await startProgram({ ...env, ...over });
    },
    stop: () => program.stop(),
    async [Symbol.asyncDispose]() {
      await program.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks until the answer fits; throws with the last answer when it does not in 100 s. */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(
        `It did not come to that; last seen ${JSON.stringify(answer).slice(0, 3000)}`,
      );
    }
    await sleep(100);
  }
}
