import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/** PostgreSQL inside this process, served to pg clients on a unix socket. */
export type Embedded = AsyncDisposable & {
  /** Folder of the socket; pg takes it as `host`. */
  readonly socketFolder: string;
};

// pg builds `<host>/.s.PGSQL.<port>`; PGlite's server is told the same path.
const SOCKET_NAME = ".s.PGSQL.5432";
// The pool has one; a second is for a connection that the pool replaces.
const MAX_CLIENTS = 2;

/**
 * Opens the database files under `dataDir`. The caller holds the exclusive lock on `dataDir`:
 * PGlite itself lets two processes in and then loses rows silently.
 */
export async function openEmbedded(dataDir: string): Promise<Embedded> {
  const socketFolder = join(dataDir, "pg");
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 });
  const path = join(socketFolder, SOCKET_NAME);
  rmSync(path, { force: true });
  const db = await PGlite.create(join(dataDir, "database"));
  const server = new PGLiteSocketServer({ db, path, maxConnections: MAX_CLIENTS });
  await server.start();
  return {
    socketFolder,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await db.close();
      rmSync(path, { force: true });
    },
  };
}
