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

const BASE = 0x400000;
const HEADERS = 64 + 56;
// Far behind the code, in memory that the loader fills with zeros.
const RESULTS = BASE + 0x8000;
const MEMORY = 0x9000;

// mov r64, imm64 for rdi, rsi, rdx, r10, r8, r9: the order of arguments of the kernel.
const ARGUMENT_REGISTERS = [
  [0x48, 0xbf],
  [0x48, 0xbe],
  [0x48, 0xba],
  [0x49, 0xba],
  [0x49, 0xb8],
  [0x49, 0xb9],
] as const;

function syscall(number: number, args: readonly bigint[]): number[] {
  const padded = [...args, 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6);
  const moves = padded.flatMap((value, index) => [
    ...(ARGUMENT_REGISTERS[index] ?? []),
    ...littleEndian(value),
  ]);
  // mov eax, imm32; …; syscall
  return [0xb8, ...littleEndian(BigInt(number)).slice(0, 4), ...moves, 0x0f, 0x05];
}

/** test eax, eax; jnz over `length` bytes: only the child of a fork goes on behind it */
function skipUnlessZero(length: number): number[] {
  return [0x85, 0xc0, 0x75, length];
}

/** mov [RESULTS + 4 × index], eax */
function storeResult(index: number): number[] {
  return [0x89, 0x04, 0x25, ...littleEndian(BigInt(RESULTS + 4 * index)).slice(0, 4)];
}

function littleEndian(value: bigint): number[] {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return [...bytes];
}

/** ELF header and one segment that may be read, written and executed. */
function program(code: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(HEADERS);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  bytes.writeUInt16LE(2, 16);
  bytes.writeUInt16LE(62, 18);
  bytes.writeUInt32LE(1, 20);
  bytes.writeBigUInt64LE(BigInt(BASE + HEADERS), 24);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(64, 52);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(1, 64);
  bytes.writeUInt32LE(7, 68);
  bytes.writeBigUInt64LE(BigInt(BASE), 80);
  bytes.writeBigUInt64LE(BigInt(BASE), 88);
  bytes.writeBigUInt64LE(BigInt(HEADERS + code.length), 96);
  bytes.writeBigUInt64LE(BigInt(MEMORY), 104);
  bytes.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([bytes, Buffer.from(code)]);
}
