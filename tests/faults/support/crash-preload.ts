import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename, join, relative } from "node:path";
import process from "node:process";
import { isMainThread } from "node:worker_threads";
import pg from "pg";
import { z } from "zod";

/**
 * Loaded in front of the program by `node --import`: every commit, every spawn and every file that a
 * run writes is a point with a name and a number. Each start and each SIGUSR2 begins to count anew:
 * points are written to `<folder>/points`, and at the one named in `<folder>/at` (or the first that
 * fits the regular expression there, behind a `~`) the process dies as by kill -9, or freezes where `CRASH_BY=SIGSTOP`. Nothing of this is in the product, and its children get none of it.
 */
function install(folder: string, dataDir: string): void {
  const seen = new Map<string, number>();
  const append = fs.appendFileSync;
  const log = join(folder, "points");
  let at = "";
  let wanted: RegExp | null = null;

  function arm(): void {
    seen.clear();
    at = fs.readFileSync(join(folder, "at"), "utf8");
    wanted = at.startsWith("~") ? new RegExp(at.slice(1)) : null;
    fs.writeFileSync(log, "");
    fs.rmSync(join(folder, "at"));
  }

  function reach(name: string): void {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const point = `${name} #${count}`;
    append(log, `${point}\n`);
    if (point === at || (wanted !== null && wanted.test(point))) {
      process.kill(process.pid, process.env["CRASH_BY"] === "SIGSTOP" ? "SIGSTOP" : "SIGKILL");
    }
  }

  if (fs.existsSync(join(folder, "at"))) {
    arm();
  }
  process.on("SIGUSR2", arm);
  patchQueries(reach);
  patchSpawn(reach);
  patchOrders(reach);
  patchFiles(reach, dataDir);
  syncBuiltinESMExports();
}

// To die before a commit is to die after whatever came before it, which is a point of its own: the
// many commits of messages are tried once each, right after them.
const CHATTER =
  /^(?:[a-z]+ [a-z]* ?(?:messages|console_messages|announcements|run_events)\b[^,]*(?:, )?)+$/;

type Reach = (name: string) => void;
type Loose = (this: unknown, ...args: unknown[]) => unknown;

const Asked = z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]);
const Done = z.object({ rowCount: z.number().nullable() });
const WRITE = /^\s*(?:with\b[\s\S]*?\)\s*)?(insert\s+into|update|delete\s+from)\s+"?(\w+)"?/i;

/** What a connection has written since its `BEGIN`; absent outside of a transaction. */
const open = new WeakMap<object, Set<string>>();

function patchQueries(reach: Reach): void {
  const query = original(pg.Client.prototype, "query");
  function counted(this: object, ...args: unknown[]): unknown {
    const text = Asked.safeParse(args[0]).data ?? "";
    const answered = args.at(-1);
    if (typeof answered !== "function") {
      return Reflect.apply(query, this, args);
    }
    const word = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? "";
    const dirty = [...(open.get(this) ?? [])].sort().join(", ");
    if (word === "commit" && dirty !== "" && !CHATTER.test(dirty)) {
      reach(`before commit: ${dirty}`);
    }
    const after = (error: unknown, result: unknown): unknown => {
      if (error === null || error === undefined) {
        note(this, { text, word, dirty, result }, reach);
      }
      return Reflect.apply(answered, undefined, [error, result]);
    };
    return Reflect.apply(query, this, [...args.slice(0, -1), after]);
  }
  Reflect.set(pg.Client.prototype, "query", counted);
}

type Answered = {
  readonly text: string;
  readonly word: string;
  readonly dirty: string;
  readonly result: unknown;
};

function note(client: object, { text, word, dirty, result }: Answered, reach: Reach): void {
  switch (word) {
    case "begin":
      open.set(client, new Set());
      return;
    case "rollback":
      open.delete(client);
      return;
    case "commit":
      open.delete(client);
      if (dirty !== "") {
        reach(`commit: ${dirty}`);
      }
      return;
    default:
      noteWrite(client, { text, rows: Done.safeParse(result).data?.rowCount ?? 0 }, reach);
  }
}

function noteWrite(client: object, wrote: { text: string; rows: number }, reach: Reach): void {
  const [, verb, table] = WRITE.exec(wrote.text) ?? [];
  if (verb === undefined || table === undefined || wrote.rows === 0) {
    return;
  }
  const name = `${verb.toLowerCase()} ${table}${columnsOf(wrote.text)}`;
  const transaction = open.get(client);
  if (transaction === undefined) {
    reach(`commit: ${name}`);
  } else {
    transaction.add(name);
  }
}

const MOST_COLUMNS = 4;

/** The columns of an update tell a heartbeat from a claim. */
function columnsOf(text: string): string {
  const set = /\bset\s+([\s\S]*?)(?:\bwhere\b|\breturning\b|$)/i.exec(text)?.[1];
  const names = [...(set ?? "").matchAll(/"?(\w+)"?\s*=/g)].map(([, column]) => column);
  const told = names.length > MOST_COLUMNS ? [...names.slice(0, MOST_COLUMNS), "…"] : names;
  return names.length === 0 || !/^\s*(?:with\b|update\b)/i.test(text) ? "" : `(${told.join(" ")})`;
}

function patchSpawn(reach: Reach): void {
  const spawn = original(childProcess, "spawn");
  function counted(this: unknown, ...args: unknown[]): unknown {
    const name = nameOfCommand(args);
    reach(`before spawn: ${name}`);
    const child = Reflect.apply(spawn, this, args);
    reach(`spawn: ${name}`);
    return child;
  }
  Reflect.set(childProcess, "spawn", counted);
}

const Sent = z.object({
  do: z.string(),
  id: z.number(),
  spawn: z.object({ argv: z.array(z.string()) }).optional(),
});

/** The commands of runs are started by a process of their own, on orders that are sent to it. */
function patchOrders(reach: Reach): void {
  const fork = original(childProcess, "fork");
  Reflect.set(childProcess, "fork", (...args: unknown[]) => {
    const child = z
      .instanceof(childProcess.ChildProcess)
      .parse(Reflect.apply(fork, undefined, args));
    const send = original(child, "send");
    const names = new Map<number, string>();
    Reflect.set(child, "send", (...sending: unknown[]) => {
      const { id, spawn, ...sent } = Sent.parse(sending[0]);
      names.set(id, spawn === undefined ? (names.get(id) ?? "") : nameOfCommand(["", spawn.argv]));
      const name = `${sent.do}: ${names.get(id)}`;
      reach(`before ${name}`);
      const answer = Reflect.apply(send, child, sending);
      reach(name);
      return answer;
    });
    return child;
  });
}

const COMMANDS = ["init", "plan", "show", "apply", "version", "state"];

function nameOfCommand([file, args]: unknown[]): string {
  const words = z.array(z.string()).safeParse(args).data ?? [];
  const command = words.find((word) => COMMANDS.includes(word));
  const json = words.includes("-json") ? " -json" : "";
  return command === undefined ? basename(String(file)) : `terraform ${command}${json}`;
}

const WRITERS = ["writeFile", "appendFile", "rename", "copyFile", "cp"] as const;

function patchFiles(reach: Reach, dataDir: string): void {
  for (const writer of WRITERS) {
    const write = original(fs.promises, writer);
    Reflect.set(fs.promises, writer, async (...args: unknown[]) => {
      const name = nameOfFile(
        dataDir,
        writer === "writeFile" || writer === "appendFile" ? args[0] : args[1],
      );
      const answer: unknown = await Reflect.apply(write, fs.promises, args);
      if (name !== null) {
        reach(`file: ${name}`);
      }
      return answer;
    });
  }
  const opened = original(fs.promises, "open");
  Reflect.set(fs.promises, "open", async (...args: unknown[]) => {
    const handle: unknown = await Reflect.apply(opened, fs.promises, args);
    const name = nameOfFile(dataDir, args[0]);
    if (name !== null && args[1] !== undefined && args[1] !== "r") {
      reach(`file: ${name} (opened)`);
    }
    return handle;
  });
}

function original(of: object, name: string): Loose {
  const found: unknown = Reflect.get(of, name);
  if (!isLoose(found)) {
    throw new TypeError(`There is no function ${name} to count.`);
  }
  return found;
}

function isLoose(value: unknown): value is Loose {
  return typeof value === "function";
}

/** A file of a run, without the ids in its path; null for any other. */
function nameOfFile(dataDir: string, path: unknown): string | null {
  const within = typeof path === "string" ? relative(dataDir, path) : "";
  const [kind, , ...rest] = within.split("/");
  return kind === "changes" || kind === "runs" ? [kind, ...rest].join("/") : null;
}

const { CRASH_POINTS: folder, DATA_DIR: dataDir } = process.env;
if (isMainThread && folder !== undefined && dataDir !== undefined) {
  install(folder, dataDir);
}
