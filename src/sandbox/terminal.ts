import { spawn } from "@lydell/node-pty";
import type { Launch } from "#isolation/launch.ts";

export type Size = { readonly columns: number; readonly rows: number };

/** A process behind a pseudo-terminal. */
export type Terminal = {
  readonly pid: number;
  write(text: string): void;
  resize(size: Size): void;
  /** Stops reading; the process blocks as soon as the kernel's buffer is full. */
  pause(): void;
  resume(): void;
  onOutput(listener: (text: string) => void): void;
  onEnd(listener: () => void): void;
};

export function openTerminal(launch: Launch, size: Size = { columns: 80, rows: 24 }): Terminal {
  const pty = spawn(launch.file, [...launch.args], {
    name: "xterm-256color",
    cols: size.columns,
    rows: size.rows,
    // bwrap shows its own environment and working folder inside, as /proc/1/environ.
    env: {},
    cwd: launch.cwd,
  });
  return {
    pid: pty.pid,
    write: (text) => pty.write(text),
    resize: ({ columns, rows }) => pty.resize(columns, rows),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    onOutput: (listener) => void pty.onData(listener),
    onEnd: (listener) => void pty.onExit(() => listener()),
  };
}
