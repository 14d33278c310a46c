import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const Listening = z.object({ msg: z.literal("listening"), url: z.string() });

/** The real program as a child process. */
export type Program = {
  readonly url: string;
  readonly child: ChildProcess;
  /** SIGTERM, then waits until it has drained; answers its exit code. */
  stop(): Promise<number | null>;
};

/**
 * Starts `src/main.ts` with exactly this environment and waits until it listens.
 * Throws with its last lines when it ends before.
 */
export async function startProgram(env: Readonly<Record<string, string>>): Promise<Program> {
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const ended = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      const found = Listening.safeParse(asJson(line));
      if (found.success) {
        resolve(found.data.url);
      }
    });
    child.once("exit", (code) =>
      reject(new Error(`The program ended with ${code}:\n${lines.slice(-20).join("\n")}`)),
    );
  });
  return {
    url,
    child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await ended;
      }
      return child.exitCode;
    },
  };
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
