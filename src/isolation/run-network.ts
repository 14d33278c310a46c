import { chmod, copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LISTENING, listeningProgram } from "./listening-program.ts";

/**
 * What a command without a network reaches: nothing, or what this server serves on a socket of that
 * name. `cloud` is the state route and, beside it, a way to public addresses.
 */
export type Reach = "nothing" | "state" | "cloud";
const SERVED = ["state", "cloud"] as const satisfies readonly Reach[];

/** Where a command that reaches something finds it; the port is its namespace's own. */
const PORT = 4001;
const STATE_URL = `http://127.0.0.1:${PORT}`;

/** The folder inside that holds the forwarder and the socket. */
export const NETWORK = "/network";

// A longer path does not fit into struct sockaddr_un.
const LONGEST_PATH = 107;

/** Where this server must listen for runs of such a reach; null: DATA_DIR is too long a path. */
export function runSocket(dataDir: string, reach: (typeof SERVED)[number]): string | null {
  const path = join(folderOf(dataDir, reach), "socket");
  return Buffer.byteLength(path) > LONGEST_PATH ? null : path;
}

/** What a command is started with to reach so much and no more. */
export type Entry = {
  /** `host`: everything. Else a folder is to be seen as `NETWORK`, or nothing is reached. */
  readonly network: "host" | { readonly folder: string | null };
  /** Must be seen inside. */
  readonly readOnly: readonly string[];
  /** Stands in front of the command. */
  readonly before: readonly string[];
  /** What the command must know beside its own environment. */
  readonly env: Readonly<Record<string, string>>;
};

export type RunNetwork = {
  /** Where commands find what listens on our sockets; null: where we listen. */
  readonly stateUrl: string | null;
  enter(reach: Reach): Entry;
};

/** Runs have the network of this machine. */
export const HOST_NETWORK: RunNetwork = {
  stateUrl: null,
  enter: () => ({ network: "host", readOnly: [], before: [], env: {} }),
};

// Everything that speaks HTTP knows these; Go leaves 127.0.0.1 out by itself.
const PROXY = { HTTPS_PROXY: STATE_URL, HTTP_PROXY: STATE_URL, NO_PROXY: "127.0.0.1,localhost" };

// The forwarder is nobody's child in the end, and goes with the namespace. It sees no variable.
const FORWARD = `(exec -c "$0" ${NETWORK}/forwarder.mjs ${NETWORK}/socket </dev/null >/dev/null) & exec ${LISTENING}>&-; exec "$@"`;

/** Writes what runs without a network need under `dataDir/network`. */
export async function prepareRunNetwork(options: {
  readonly dataDir: string;
  readonly bash: string;
  readonly node: string;
}): Promise<RunNetwork> {
  const { dataDir, bash, node } = options;
  for (const reach of SERVED) {
    const folder = folderOf(dataDir, reach);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await put(join(folder, LISTEN), (draft) => writeFile(draft, listeningProgram(PORT)));
    await put(join(folder, "forwarder.mjs"), (draft) => copyFile(FORWARDER, draft));
  }
  return {
    stateUrl: STATE_URL,
    enter: (reach) =>
      reach === "nothing"
        ? { network: { folder: null }, readOnly: [], before: [], env: {} }
        : {
            network: { folder: folderOf(dataDir, reach) },
            readOnly: [node],
            before: [`${NETWORK}/${LISTEN}`, bash, "-c", FORWARD, node],
            env: reach === "cloud" ? PROXY : {},
          },
  };
}

/** Name of the program that listens, as processes show it while they become the command. */
export const LISTEN = "mcp-listen";
const FORWARDER = fileURLToPath(new URL("./forwarder.ts", import.meta.url));

function folderOf(dataDir: string, reach: (typeof SERVED)[number]): string {
  return join(dataDir, "network", reach);
}

/** A command that starts meanwhile finds the old file or the new one: both are whole. */
async function put(file: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await write(draft);
  await chmod(draft, 0o500);
  await rename(draft, file);
}
