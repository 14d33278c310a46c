import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The folder belongs to this process until it is disposed or dies. */
export type HeldDataDir = Disposable & { readonly folder: string };

/** Another process holds the folder; `pid` is "?" where it could not be read. */
export class DataDirHeld extends Error {
  override readonly name = "DataDirHeld";

  readonly folder: string;
  readonly pid: string;

  constructor(held: { folder: string; pid: string }, options: ErrorOptions) {
    super(`Taking ${held.folder} for this process: process ${held.pid} holds it`, options);
    this.folder = held.folder;
    this.pid = held.pid;
  }
}

/**
 * Takes the folder for this process alone. An exclusive SQLite transaction is a lock that the
 * kernel drops when the process dies, kill -9 included; Node has no flock, and a pid file
 * outlives its process. Throws `DataDirHeld`.
 */
export function holdDataDir(folder: string): HeldDataDir {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = join(folder, "holder");
  const lock = new DatabaseSync(join(folder, "lock.sqlite"));
  try {
    lock.exec("pragma journal_mode = delete; begin exclusive");
  } catch (error) {
    lock.close();
    throw new DataDirHeld({ folder, pid: readPid(holder) }, { cause: error });
  }
  writeFileSync(holder, String(process.pid));
  return {
    folder,
    [Symbol.dispose]() {
      lock.close();
    },
  };
}

function readPid(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "?";
  }
}
