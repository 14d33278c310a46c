import { describe, expect, test } from "vitest";
import { DENIED, seccompFilter } from "#isolation/seccomp.ts";

const X86_64 = 0xc000003e;
const ARM64 = 0xc00000b7;
const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const KILL = 0x80000000;

type Call = { number: number; arch?: number; args?: readonly bigint[] };

/** What the kernel would do: a classic BPF machine with the six instructions the filter uses. */
function run({ number, arch = X86_64, args = [] }: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(arch, 4);
  for (const [index, value] of args.entries()) {
    data.writeBigUInt64LE(value, 16 + index * 8);
  }
  return interpret(Buffer.from(seccompFilter()), data);
}

const HOLDS = new Map<number, (accumulator: number, k: number) => boolean>([
  [0x15, (accumulator, k) => accumulator === k],
  [0x35, (accumulator, k) => accumulator >= k],
  [0x45, (accumulator, k) => (accumulator & k) !== 0],
]);

function interpret(program: Buffer, data: Buffer): number {
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 8) {
    const code = program.readUInt16LE(at);
    const k = program.readUInt32LE(at + 4);
    if (code === 0x06) {
      return k;
    }
    const holds = HOLDS.get(code)?.(accumulator, k);
    accumulator = code === 0x20 ? data.readUInt32LE(k) : accumulator;
    at += holds === undefined ? 0 : 8 * program.readUInt8(at + (holds ? 2 : 3));
  }
  throw new Error("The program ended without an answer.");
}

describe("the seccomp filter", () => {
  test("lets an ordinary call through", () => {
    const read = run({ number: 0 });

    expect(read).toBe(ALLOW);
  });

  test.each(Object.entries(DENIED))("denies %s", (_name, number) => {
    const answer = run({ number });

    expect(answer).toBe(EPERM);
  });

  test("kills a call made by the table of another architecture", () => {
    const answer = run({ number: 0, arch: ARM64 });

    expect(answer).toBe(KILL);
  });

  test("hides clone3 and the x32 calls, so that libraries fall back to calls it can look at", () => {
    const answers = [run({ number: 435 }), run({ number: 0x40000000 })];

    expect(answers).toEqual([ENOSYS, ENOSYS]);
  });

  test("lets clone make threads but no namespaces", () => {
    const thread = run({ number: 56, args: [0x3d0f00n] });
    const namespaces = [0x20000n, 0x2000000n, 0x4000000n, 0x8000000n, 0x10000000n, 0x20000000n];

    const answers = [...namespaces, 0x40000000n].map((flag) => run({ number: 56, args: [flag] }));

    expect(thread).toBe(ALLOW);
    expect(new Set(answers)).toEqual(new Set([EPERM]));
  });

  test("denies TIOCSTI and TIOCLINUX, also with a bit above the low 32 set", () => {
    const requests = [0x5412n, 0x541cn, 0x1_0000_5412n, 0xffff_ffff_0000_5412n];

    const answers = requests.map((request) => run({ number: 16, args: [0n, request] }));

    expect(new Set(answers)).toEqual(new Set([EPERM]));
    expect(run({ number: 16, args: [0n, 0x5413n] })).toBe(ALLOW);
  });
});
