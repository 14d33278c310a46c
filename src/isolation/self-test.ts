import { createServer } from "node:net";
import { readFileSync } from "node:fs";
import { endTree, processTree } from "./processes.ts";
import type { Launch, Launcher } from "./launch.ts";
import type { Check } from "./checks.ts";
import { DATA_FORKS, judge, SCRIPT, scriptArguments, type Answers } from "./self-test-script.ts";

/** A running process behind a terminal, as the self-test needs it. */
export type ProbedTerminal = {
  readonly pid: number;
  onOutput(listener: (text: string) => void): void;
  onEnd(listener: () => void): void;
};

const DEADLINE_MS = 20_000;

/**
 * Opens one real sandbox, tries to get out of it, and says what happened, one check per row of
 * the containment table. Throws only when no sandbox could be started at all.
 */
export async function selfTest(options: {
  launch: Launcher;
  open: (launch: Launch) => ProbedTerminal;
  /** Host folders that must not exist inside: DATA_DIR and the repository. */
  hidden: readonly string[];
}): Promise<Check[]> {
  const { launch, open, hidden } = options;
  const listener = await listen();
  try {
    const command = ["/usr/bin/bash", "-c", SCRIPT, "probe"];
    const startedAt = performance.now();
    const terminal = open(launch([...command, ...scriptArguments(listener.port, hidden)]));
    const answers = await collect(terminal, startedAt);
    const outer = uids(terminal.pid);
    const second = await startsAnother(options);
    const gone = await endTree(terminal.pid);
    return judge({ answers, outer, second, gone });
  } finally {
    await listener[Symbol.asyncDispose]();
  }
}

/** A server on loopback that the sandbox must not reach. */
async function listen(): Promise<AsyncDisposable & { port: number }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Lines `@@ name value` until the last one, the end of the sandbox, or the deadline. */
function collect(terminal: ProbedTerminal, startedAt: number): Promise<Answers> {
  return new Promise((resolve) => {
    const answers = new Map<string, string>();
    let rest = "";
    let unread = "";
    function finish(): void {
      clearTimeout(timer);
      resolve({ lines: answers, unread: `${unread}${rest}`.slice(0, 500) });
    }
    const timer = setTimeout(finish, DEADLINE_MS);
    terminal.onEnd(finish);
    terminal.onOutput((text) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [, name, value = ""] = /^@@ (\S+) ?(.*)$/.exec(line) ?? [];
        if (name === undefined) {
          unread += `${line} `;
        } else {
          answers.set(name, name === "ready" ? String(performance.now() - startedAt) : value);
        }
      }
      if (answers.has(DATA_FORKS)) {
        finish();
      }
    });
  });
}

/** The uids of everything the launch started, as the host sees them; what has ended meanwhile has none. */
function uids(pid: number): string[] {
  return processTree(pid).flatMap((found) => {
    try {
      const status = readFileSync(`/proc/${found.pid}/status`, "utf8");
      return [/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? "unknown"];
    } catch {
      return [];
    }
  });
}

/** While the first one sits at its process limit, a second one must still work. */
async function startsAnother(options: {
  launch: Launcher;
  open: (launch: Launch) => ProbedTerminal;
}): Promise<boolean> {
  const command = ["/usr/bin/bash", "-c", `echo @@ ${DATA_FORKS} alive; read -r`];
  const terminal = options.open(options.launch(command));
  const { lines } = await collect(terminal, performance.now());
  await endTree(terminal.pid);
  return lines.has(DATA_FORKS);
}
