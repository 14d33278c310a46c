import { createReadStream } from "node:fs";
import type { OpenAddress, Resource } from "#deployments/deployment.ts";
import { splitLines } from "./lines.ts";
import { parseLine, type StreamLine } from "./stream.ts";

/** What the output stream of an apply says, whatever became of the process and the state. */
export type WriteAhead = {
  /** Addresses whose apply started. */
  readonly started: number;
  /** Made or changed for certain, with the id where Terraform told one. */
  readonly completed: readonly { readonly address: string; readonly id: string | null }[];
  /** Started, and nothing after that; or the provider died in the middle. */
  readonly open: readonly string[];
  /** Made, but a provisioner did not come to its end. */
  readonly half: readonly string[];
  /** First error, with its detail; null without one. */
  readonly error: string | null;
  /** JSON of the state that Terraform printed because it could save it nowhere; null without one. */
  readonly state: string | null;
};

// A printed state is one line.
const LONGEST_BYTES = 64 * 1024 * 1024;

/** Reads the whole stream, however long: what it names must not be forgotten. */
export async function scanOutput(file: string): Promise<WriteAhead> {
  const scan = emptyScan();
  const lines = splitLines(LONGEST_BYTES);
  const bytes: AsyncIterable<Buffer> = createReadStream(file);
  for await (const chunk of bytes) {
    lines.push(chunk).forEach((line) => addLine(scan, parseLine(line.text)));
  }
  return {
    started: scan.started.size,
    completed: [...scan.completed].map(([address, id]) => ({ address, id })),
    open: [...scan.running.union(scan.lost.intersection(scan.errored))],
    half: [...scan.provisioning],
    error: scan.error,
    state: scan.state,
  };
}

/** Addresses that people or a recovery must look at: what the stream knows and the state does not. */
export function openAddresses(
  scan: WriteAhead,
  state: readonly Resource[],
): readonly OpenAddress[] {
  const known = new Map(state.map((resource) => [resource.address, resource.id]));
  const created = scan.completed
    .filter(({ address, id }) => id !== null && known.get(address) !== id)
    .map(({ address, id }): OpenAddress => ({ address, found: "created", id }));
  const named = new Set(created.map(({ address }) => address));
  const half = scan.half.filter((address) => !named.has(address));
  const halfNames = new Set(half);
  const started = scan.open.filter((address) => !halfNames.has(address));
  return [
    ...created,
    ...started.map((address): OpenAddress => ({ address, found: "started", id: null })),
    ...half.map((address): OpenAddress => ({ address, found: "half", id: null })),
  ];
}

// The call may have reached the cloud before the provider died.
const PROVIDER_DIED = ["Plugin did not respond", "Request cancelled"];

type Scan = {
  readonly started: Set<string>;
  readonly running: Set<string>;
  readonly provisioning: Set<string>;
  readonly completed: Map<string, string | null>;
  readonly errored: Set<string>;
  /** Their provider died. */
  readonly lost: Set<string>;
  error: string | null;
  state: string | null;
};

function emptyScan(): Scan {
  return {
    started: new Set(),
    running: new Set(),
    provisioning: new Set(),
    completed: new Map(),
    errored: new Set(),
    lost: new Set(),
    error: null,
    state: null,
  };
}

function addLine(scan: Scan, line: StreamLine): void {
  if (line.address !== null) {
    MOVES.get(line.type)?.(scan, line.address, line);
  }
  scan.error ??= errorOf(line);
  scan.state = line.state === null ? scan.state : JSON.stringify(line.state);
}

// Before Terraform speaks JSON, and when it panics, it draws its errors.
const DRAWN_ERROR = /^[│\s]*Error: (.+)$/;

function errorOf({ type, message, diagnostic }: StreamLine): string | null {
  if (type === "text") {
    return DRAWN_ERROR.exec(message)?.[1] ?? null;
  }
  if (diagnostic?.severity !== "error") {
    return null;
  }
  const { summary, detail } = diagnostic;
  return detail === "" ? summary : `${summary}: ${detail}`;
}

type Move = (scan: Scan, address: string, line: StreamLine) => void;

const MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ["apply_start", start],
  ["apply_complete", complete],
  ["apply_errored", fail],
  ["provision_start", provision],
  ["provision_complete", provisioned],
  ["provision_errored", provisioned],
  ["diagnostic", blame],
]);

function start(scan: Scan, address: string): void {
  scan.started.add(address);
  scan.running.add(address);
}

function complete(scan: Scan, address: string, { action, id }: StreamLine): void {
  scan.running.delete(address);
  // With create_before_destroy the old object goes last: it must not hide the new one's id.
  if (action !== "delete") {
    scan.completed.set(address, id);
  } else if (!scan.completed.has(address)) {
    scan.completed.set(address, null);
  }
}

function fail(scan: Scan, address: string): void {
  scan.running.delete(address);
  scan.errored.add(address);
}

function provision(scan: Scan, address: string): void {
  scan.provisioning.add(address);
}

function provisioned(scan: Scan, address: string): void {
  scan.provisioning.delete(address);
}

function blame(scan: Scan, address: string, { diagnostic }: StreamLine): void {
  if (diagnostic !== null && PROVIDER_DIED.includes(diagnostic.summary)) {
    scan.lost.add(address);
  }
}
