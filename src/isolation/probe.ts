import { BASE, littleEndian, program, syscall } from "./tiny-program.ts";

/** A system call with its arguments; -EPERM and the like come back as negative numbers. */
export type Call = { readonly number: number; readonly args: readonly bigint[] };

/**
 * A tiny static x86_64 program (ELF64) that makes the calls in order, writes each result to
 * stdout as a 32-bit little-endian number and exits. There is no compiler inside a sandbox, and
 * the self-test must make calls that no shell command makes.
 */
export function probe(calls: readonly Call[]): Uint8Array {
  const code = calls.flatMap((call, index) => [
    ...syscall(call.number, call.args),
    ...storeResult(index),
  ]);
  const report = syscall(WRITE, [1n, BigInt(RESULTS), BigInt(calls.length * 4)]);
  return program([...code, ...report, ...syscall(EXIT, [0n])]);
}

/** The same for `count` forks: every child waits until it is killed, the parent reports and ends. */
export function forkProbe(count: number): Uint8Array {
  const child = syscall(PAUSE, []);
  const code = Array.from({ length: count }, (_, index) => [
    ...syscall(FORK, []),
    ...skipUnlessZero(child.length),
    ...child,
    ...storeResult(index),
  ]).flat();
  const report = syscall(WRITE, [1n, BigInt(RESULTS), BigInt(count * 4)]);
  return program([...code, ...report, ...syscall(EXIT, [0n])]);
}

const WRITE = 1;
const PAUSE = 34;
const FORK = 57;
const EXIT = 60;

// Far behind the code, in memory that the loader fills with zeros.
const RESULTS = BASE + 0x8000;

/** test eax, eax; jnz over `length` bytes: only the child of a fork goes on behind it */
function skipUnlessZero(length: number): number[] {
  return [0x85, 0xc0, 0x75, length];
}

/** mov [RESULTS + 4 × index], eax */
function storeResult(index: number): number[] {
  return [0x89, 0x04, 0x25, ...littleEndian(BigInt(RESULTS + 4 * index)).slice(0, 4)];
}
