/** Where a tiny program is loaded, and how many bytes of headers stand in front of its code. */
export const BASE = 0x400000;
export const HEADERS = 64 + 56;
const MEMORY = 0x9000;

/** ELF header and one segment that may be read, written and executed: a static x86_64 program. */
export function program(code: readonly number[]): Uint8Array {
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

// mov r64, imm64 for rdi, rsi, rdx, r10, r8, r9: the order of arguments of the kernel.
const ARGUMENT_REGISTERS = [
  [0x48, 0xbf],
  [0x48, 0xbe],
  [0x48, 0xba],
  [0x49, 0xba],
  [0x49, 0xb8],
  [0x49, 0xb9],
] as const;

/** Code of one system call with fixed arguments; always of the same length. */
export function syscall(number: number, args: readonly bigint[]): number[] {
  const padded = [...args, 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6);
  const moves = padded.flatMap((value, index) => [
    ...(ARGUMENT_REGISTERS[index] ?? []),
    ...littleEndian(value),
  ]);
  // mov eax, imm32; …; syscall
  return [0xb8, ...littleEndian(BigInt(number)).slice(0, 4), ...moves, 0x0f, 0x05];
}

export function littleEndian(value: bigint): number[] {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return [...bytes];
}
