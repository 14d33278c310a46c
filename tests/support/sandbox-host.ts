import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findHostTools } from "#isolation/host-tools.ts";
import { prepareLauncher, type Launcher } from "#isolation/launch.ts";
import { buildRootfs } from "#isolation/rootfs.ts";
import type { HostFacts } from "#sandbox/choose-driver.ts";
import type { Shell } from "#sandbox/shell.ts";
import { until } from "./until.ts";

/** This host, with a data folder that keeps the sandbox's root from one test run to the next. */
export function thisHost(): HostFacts {
  const dataDir = join(tmpdir(), `mcp-sandbox-tests-${process.getuid?.() ?? 0}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return {
    dataDir,
    path: process.env["PATH"] ?? "",
    uid: process.getuid?.() ?? 0,
    hidden: [process.cwd()],
  };
}

export async function thisLauncher(): Promise<Launcher> {
  const { dataDir, path, uid } = thisHost();
  const tools = findHostTools(path, uid);
  if (tools === null) {
    throw new Error("A test needs bubblewrap, but did not ask whether it is there.");
  }
  const { folder: rootfs } = await buildRootfs(dataDir, path);
  return prepareLauncher({ dataDir, rootfs, tools });
}

/** A shell and what it printed, for tests that type and read. */
export type Typist = AsyncDisposable & {
  readonly shell: Shell;
  printed(): string;
  /** Types a line; answers what came between it and the next prompt. */
  run(line: string): Promise<string>;
};

export function typist(shell: Shell): Typist {
  let printed = "";
  let runs = 0;
  shell.onOutput((text) => (printed += text));
  return {
    shell,
    printed: () => printed,
    async run(line) {
      runs += 1;
      const [from, to] = [`from-${runs}.`, `to-${runs}.`];
      shell.write(`echo 'from'-${runs}.; ${line}; echo 'to'-${runs}.\r`);
      await until(`the end of: ${line}`, () => printed.includes(`\n${to}`) || printed.includes(to));
      return printed.slice(printed.indexOf(from) + from.length, printed.indexOf(to)).trim();
    },
    async [Symbol.asyncDispose]() {
      await shell.end();
    },
  };
}
