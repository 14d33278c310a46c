import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { call, type Answer } from "#commands/console-client.ts";
import { dataDirFromTemplate } from "#tests/support/embedded-template.ts";
import { isEmbedded, openStageDatabase, type StageDatabase } from "./stage-database.ts";

const MAIN = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));
export const FIXTURES = fileURLToPath(new URL("../../fixtures/faults", import.meta.url));
/** Processes on one database need one key. */
export const STAGE_KEY = 'a-key/of <stages> & "that" are made to be broken';
/** What a sensitive variable is given: every encoding changes something of it. */
export const NOTES_PASSWORD = 'pa55-of/the <notes> & "quoted" ?';
/** In DATA_DIR: random values of the length of a token, as they were drawn. */
export const DRAWN = "drawn-tokens";
const TOKENS = pathToFileURL(join(import.meta.dirname, "token-preload.ts")).href;
const Listening = z.object({ msg: z.literal("listening"), url: z.string() });

type Env = Readonly<Record<string, string>>;

/** The real program on a folder and a database of its own, made to be killed and started again. */
export type Stage = AsyncDisposable & {
  readonly dataDir: string;
  readonly database: StageDatabase;
  /** What nobody may find anywhere beside what every stage has; by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** All that it ever printed, of every start. */
  printed(): string;
  /** The process that runs, or ran last. */
  child(): ChildProcess;
  isUp(): boolean;
  /** Waits until it listens; throws with its last lines when it ends before. */
  start(): Promise<void>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** Where it listens. */
  url(): Promise<string>;
  get(user: string, path: string): Promise<Answer>;
  post(user: string, path: string, body?: unknown): Promise<Answer>;
};

export type Staging = {
  readonly env?: Env;
  readonly secrets?: Stage["secrets"];
  /** Options of Node itself, in front of the program. */
  readonly node?: readonly string[];
  /** An empty database, as at the very first start. */
  readonly empty?: boolean;
  /** A stage on whose database this one works too, as another process on another machine. */
  readonly beside?: Stage;
  /** Where the program finds its database instead; we read it directly. */
  readonly through?: { readonly port: number };
};

export async function openStage(staging: Staging = {}): Promise<Stage> {
  const dataDir = newDataDir(staging);
  const migrated = staging.empty !== true;
  const database = staging.beside?.database ?? (await openStageDatabase(dataDir, { migrated }));
  const env = environmentOf(staging, { dataDir, database });
  const log = join(dataDir, "printed.log");
  appendFileSync(log, "");
  let running: Running | null = null;

  function now(): Running {
    if (running === null) {
      throw new Error("The product was not started yet.");
    }
    return running;
  }

  return {
    dataDir,
    database,
    secrets: staging.secrets ?? {},
    printed: () => readFileSync(log, "utf8"),
    child: () => now().child,
    isUp: () => running !== null && isUp(running.child),
    async start() {
      running = launch(env, staging.node ?? [], log);
      await running.listens;
    },
    async kill() {
      const { child, ended } = now();
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      const { child, ended } = now();
      child.kill("SIGTERM");
      await ended;
      return child.exitCode;
    },
    url: () => now().listens,
    get: async (user, path) => call(await now().listens, { user, method: "GET", path }),
    post: async (user, path, body = {}) =>
      call(await now().listens, { user, method: "POST", path, body }),
    async [Symbol.asyncDispose]() {
      if (running !== null && isUp(running.child)) {
        // It may still be frozen.
        running.child.kill("SIGCONT");
        running.child.kill("SIGTERM");
        await running.ended;
      }
      if (staging.beside === undefined) {
        await database[Symbol.asyncDispose]();
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function newDataDir({ empty = false }: Staging): string {
  return isEmbedded() && !empty
    ? dataDirFromTemplate("mcp-faults-")
    : mkdtempSync(join(tmpdir(), "mcp-faults-"));
}

function environmentOf(
  { env = {}, through }: Staging,
  { dataDir, database }: Pick<Stage, "dataDir" | "database">,
): Env {
  const { PATH = "", HOME = "", TEST_COMPILED: NODE_COMPILE_CACHE = "" } = process.env;
  return {
    PATH,
    HOME,
    NODE_COMPILE_CACHE,
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "info",
    MODULES_SOURCE: FIXTURES,
    SECRET_KEY: STAGE_KEY,
    DRAWN_TOKENS: join(dataDir, DRAWN),
    ...addressOf(database, through),
    ...env,
  };
}

function addressOf({ url }: StageDatabase, through: Staging["through"]): Env {
  if (url === null) {
    return {};
  }
  const address = new URL(url);
  address.port = String(through?.port ?? address.port);
  return { DATABASE_URL: address.href };
}

type Running = {
  readonly child: ChildProcess;
  /** Its address. */
  readonly listens: Promise<string>;
  readonly ended: Promise<unknown>;
};

function launch(env: Env, node: readonly string[], log: string): Running {
  const child = spawn(process.execPath, ["--import", TOKENS, ...node, MAIN], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    appendFileSync(log, `${line}\n`);
  };
  const listens = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", keep);
    createInterface({ input: child.stdout }).on("line", (line) => {
      keep(line);
      const found = Listening.safeParse(asJson(line));
      if (found.success) {
        resolve(found.data.url);
      }
    });
    child.once("exit", (code, signal) =>
      reject(new ProgramEnded(`It ended with ${code ?? signal}:\n${lines.slice(-20).join("\n")}`)),
    );
  });
  // Nobody may be waiting for it when it dies.
  listens.catch(() => {});
  return { child, listens, ended };
}

/** The program ended before it listened. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
}

function isUp({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
