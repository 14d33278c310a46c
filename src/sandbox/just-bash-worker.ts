import { parentPort, workerData } from "node:worker_threads";
import { Bash, defineCommand } from "just-bash";
import { Command, Start, type Answer } from "./just-bash-wire.ts";

// A command that starts a process of the host must never be added here.
const NOT_HERE = ["terraform", "tofu", "git"];

serve(Start.parse(workerData));

/** Runs in a worker thread of its own: one line at a time, in the order they came. */
function serve(start: Start): void {
  const bash = open(start);
  let env: Record<string, string> = { HOME: start.home, PATH: "/usr/bin:/bin", LANG: "C.UTF-8" };
  let folder = start.home;
  async function run(line: string): Promise<Answer> {
    // Errors come between the rest, where a terminal would show them.
    const result = await bash.exec(`exec 2>&1\n${line}`, { env, cwd: folder, rawScript: true });
    // Every call starts afresh, so variables and the folder are carried over.
    env = carriedOver(result.env);
    folder = result.env["PWD"] ?? folder;
    return { output: result.stdout + result.stderr, folder };
  }
  const ready: Answer = { output: "", folder };
  parentPort?.postMessage(ready);
  parentPort?.on("message", (message: unknown) => {
    void run(Command.parse(message).line)
      .catch((error: unknown) => ({ output: `${String(error)}\n`, folder }))
      .then((answer) => parentPort?.postMessage(answer));
  });
}

/** Without the shell's own variables: `?` is no name, and the options are read-only. */
function carriedOver(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => /^[A-Za-z_]\w*$/.test(name) && !/^(SHELLOPTS|BASHOPTS|OPTIND|IFS)$/.test(name),
    ),
  );
}

function open({ needsBubblewrap, home }: Start): Bash {
  return new Bash({
    cwd: home,
    files: { "/tmp/.keep": "" },
    customCommands: NOT_HERE.map((name) =>
      defineCommand(name, async () => ({
        stdout: "",
        stderr: `${needsBubblewrap.replace("{command}", name)}\n`,
        exitCode: 127,
      })),
    ),
    executionLimits: {
      maxLoopIterations: 10_000,
      maxCommandCount: 10_000,
      maxExecutionTimeMs: 10_000,
      maxFileSystemBytes: 16 * 1024 * 1024,
      maxLiveBytes: 64 * 1024 * 1024,
    },
    processInfo: { pid: 2, ppid: 1, uid: 1000, gid: 1000 },
  });
}
