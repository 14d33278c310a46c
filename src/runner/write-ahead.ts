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
  /** Those of the open ones that were to go: nothing new can be there. */
  readonly going: readonly string[];
  /** Made, but a provisioner did not come to its end. */
  readonly half: readonly string[];
  /** First error, with its detail; null without one. */
  readonly error: string | null;
  /** Every error, a hundred at most. */
  readonly errors: readonly SaidError[];
  /** Resources that were never begun because Terraform was asked to stop. */
  readonly halted: number;
  /** JSON of the state that Terraform printed because it could save it nowhere; null without one. */
  readonly state: string | null;
};

export type SaidError = { readonly address: string | null; readonly text: string };

const MOST_ERRORS = 100;
/** A printed state is one line. */
export const LONGEST_BYTES = 64 * 1024 * 1024;

/** Reads the stream from a byte on, however long: what it names must not be forgotten. */
export async function scanOutput(file: string, from = 0): Promise<WriteAhead> {
  const scan = emptyScan();
  const lines = splitLines(LONGEST_BYTES);
  const bytes: AsyncIterable<Buffer> = createReadStream(file, { start: from });
  for await (const chunk of bytes) {
    lines.push(chunk).forEach((line) => addLine(scan, parseLine(line.text)));
  }
  return {
    started: scan.started.size,
    completed: [...scan.completed].map(([address, id]) => ({ address, id })),
    open: [...scan.running.union(scan.lost.intersection(scan.errored))],
    going: [...scan.going],
    half: [...scan.provisioning],
    error: scan.errors[0]?.text ?? null,
    errors: scan.errors,
    halted: scan.halted,
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
  // What was made and is in no state has no id that anybody knows: it is as open as what only began.
  const half = scan.half.filter((address) => !named.has(address) && known.has(address));
  const others = new Set(scan.open).union(new Set(scan.half)).difference(named);
  const started = [...others.difference(new Set(half))];
  return [
    ...created,
    ...started.map((address): OpenAddress => ({ address, found: "started", id: null })),
    ...half.map((address): OpenAddress => ({
      address,
      found: "half",
      id: known.get(address) ?? null,
    })),
  ];
}

/** The same without any state to compare with; nothing that may have gone is an orphan. */
export function perhapsOrphans(scan: WriteAhead): readonly OpenAddress[] {
  return openAddresses(scan, []).filter(
    ({ address, found }) => found === "created" || !scan.going.includes(address),
  );
}

// The call may have reached the cloud before the provider died.
const PROVIDER_DIED = ["Plugin did not respond", "Request cancelled"];

type Scan = {
  readonly started: Set<string>;
  readonly running: Set<string>;
  readonly going: Set<string>;
  readonly provisioning: Set<string>;
  readonly completed: Map<string, string | null>;
  readonly errored: Set<string>;
  /** Their provider died. */
  readonly lost: Set<string>;
  readonly errors: SaidError[];
  halted: number;
  state: string | null;
};

function emptyScan(): Scan {
  return {
    started: new Set(),
    running: new Set(),
    going: new Set(),
    provisioning: new Set(),
    completed: new Map(),
    errored: new Set(),
    lost: new Set(),
    errors: [],
    halted: 0,
    state: null,
  };
}

function addLine(scan: Scan, line: StreamLine): void {
  if (line.address !== null) {
    MOVES.get(line.type)?.(scan, line.address, line);
  }
  addError(scan, line);
  scan.state = line.state === null ? scan.state : JSON.stringify(line.state);
}

// What Terraform says of each resource that it did not begin with after a SIGINT.
const HALTED = "execution halted";

function addError(scan: Scan, line: StreamLine): void {
  const text = errorOf(line);
  if (text === HALTED) {
    scan.halted += 1;
  } else if (text !== null && scan.errors.length < MOST_ERRORS) {
    scan.errors.push({ address: line.address, text });
  }
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

function start(scan: Scan, address: string, { action }: StreamLine): void {
  scan.started.add(address);
  scan.running.add(address);
  if (action === "delete") {
    scan.going.add(address);
  } else {
    scan.going.delete(address);
  }
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
