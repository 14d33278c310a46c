import { BASE, HEADERS, program, syscall } from "./tiny-program.ts";

/** The descriptor at which the command finds its listening socket: the first that is free. */
export const LISTENING = 3;

/**
 * A tiny program that listens on 127.0.0.1 and becomes the command in its arguments. A connection
 * then waits until somebody accepts it, so nobody has to wait until that somebody is there.
 */
export function listeningProgram(port: number): Uint8Array {
  const calls = (address: bigint) => [
    ...syscall(SOCKET, [AF_INET, SOCK_STREAM]),
    ...syscall(BIND, [BigInt(LISTENING), address, ADDRESS_BYTES]),
    ...syscall(LISTEN, [BigInt(LISTENING), BACKLOG]),
    ...BECOME,
    ...syscall(EXIT, [127n]),
  ];
  const behind = BigInt(BASE + HEADERS + calls(0n).length);
  return program([...calls(behind), ...loopback(port)]);
}

const SOCKET = 41;
const BIND = 49;
const LISTEN = 50;
const EXIT = 60;
const AF_INET = 2n;
const SOCK_STREAM = 1n;
const ADDRESS_BYTES = 16n;
const BACKLOG = 128n;

/** struct sockaddr_in of ip(7) */
function loopback(port: number): number[] {
  return [2, 0, port >> 8, port & 0xff, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
}

// execve(argv[1], argv + 1, envp), which lie on the stack behind their count:
// mov rdi, [rsp+16]; lea rsi, [rsp+16]; mov rdx, [rsp]; lea rdx, [rsp+rdx*8+16]; mov eax, 59; syscall
const BECOME = [
  [0x48, 0x8b, 0x7c, 0x24, 0x10],
  [0x48, 0x8d, 0x74, 0x24, 0x10],
  [0x48, 0x8b, 0x14, 0x24],
  [0x48, 0x8d, 0x54, 0xd4, 0x10],
  [0xb8, 59, 0, 0, 0],
  [0x0f, 0x05],
].flat();
