import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { RunLauncher, Shown } from "./run-launch.ts";
import { WORK } from "./run-options.ts";

/** One thing that was tried from inside a run's sandbox. */
export type RunCheck = {
  readonly check: RunCheckName;
  readonly ok: boolean;
  /** What was found, for operators; no sentence. */
  readonly detail: string;
};

export const RUN_CHECKS = [
  "files",
  "environment",
  "descriptors",
  "privileges",
  "read-only",
  "work",
  "terraform",
  "kill",
] as const;
/** What is tried beside these where runs are to have no network. */
export const NETWORK_CHECKS = ["network", "forwarder"] as const;
export type RunCheckName = (typeof RUN_CHECKS)[number] | (typeof NETWORK_CHECKS)[number];

export type RunTrial = {
  readonly dataDir: string;
  /** Paths of the host that must not exist inside. */
  readonly hidden: readonly string[];
  /** A command that must answer 0 inside: Terraform, as runs call it. */
  readonly program: readonly [string, ...string[]];
  /** The shell that tries; a path that exists inside. */
  readonly bash: string;
  readonly shown: Shown;
};

/** Runs one command in a sandbox as runs get it, tries to see out of it, and says what was found. */
export async function testRunLauncher(
  launcher: RunLauncher,
  trial: RunTrial,
): Promise<readonly RunCheck[]> {
  const folder = await mkdtemp(join(trial.dataDir, "isolation", "self-test-"));
  try {
    const checks = launcher.stateUrl === null ? RUN_CHECKS : [...RUN_CHECKS, ...NETWORK_CHECKS];
    return judge(checks, await ask(launcher, trial, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Whoever is quick ends the connection before a word is sent: that is an answer, and no broken pipe.
// $1 to $n: the command; after it `--` and the paths that must not exist. Its last program leaves
// the session and holds the pipe, as a daemon of a module would: the pipe closes when it is dead.
const SCRIPT = `
say() { printf '@@ %s %s\\n' "$1" "$2"; }
command=()
while [[ $1 != -- ]]; do command+=("$1"); shift; done
shift
say files "$(for path in /etc/shadow /root "$@"; do [[ ! -e $path ]] || printf '%s ' "$path"; done)"
say environment "$(tr '\\0' '\\n' < /proc/1/environ | cut -d= -f1 | grep -vx -e PWD -e SHLVL -e _ | tr '\\n' ' ')$(tr '\\0' ' ' < /proc/1/cmdline | grep -o -e '--set[e]nv' -e '--ro-b[i]nd')"
say descriptors "$(for path in /proc/self/fd/*; do [[ ! -e $path ]] || printf '%s ' "\${path##*/}"; done)"
say privileges "$(grep -e CapEff -e NoNewPrivs -e Seccomp: /proc/self/status | tr -d '\\t' | tr '\\n' ' ')"
say read-only "$(for path in /x /dev/x /usr/x /etc/x /proc/sysrq-trigger /proc/sys/kernel/core_pattern; do (: >> $path) 2> /dev/null && printf '%s ' $path; done)"
say work "$(: > ${WORK}/written && echo writable)"
if [[ -n $ROUTE ]]; then
  say network "$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | tr '\\n' ' ')$( (: <> /dev/tcp/169.254.169.254/80) 2>&1 | grep -o 'unreachable')"
  say forwarder "$(exec 5<>"/dev/tcp/$ROUTE" && { trap '' PIPE; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&5; read -r -t 5 _ <&5; (( $? > 128 )) || echo answers; })"
fi
say terraform "$("\${command[@]}" > /dev/null 2>&1 < /dev/null; echo $?)"
setsid sleep 60 < /dev/null &
say daemon started
`;

type Answers = {
  readonly lines: ReadonlyMap<string, string>;
  /** What it said beside that: an error of bwrap. */
  readonly unread: string;
  /** Nothing of it was left when its first process ended. */
  readonly gone: boolean;
};

const DEADLINE_MS = 20_000;

function ask(launcher: RunLauncher, trial: RunTrial, folder: string): Promise<Answers> {
  const { argv, cwd, env, handed } = launcher.launch({
    argv: [trial.bash, "-c", SCRIPT, "test", ...trial.program, "--", ...trial.hidden],
    folder,
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      // host/port; whoever listens on our side, or nobody, ends a connection there.
      ROUTE: launcher.stateUrl === null ? "" : new URL(launcher.stateUrl).host.replace(":", "/"),
    },
    shown: trial.shown,
    reach: "state",
  });
  const [file, ...args] = argv;
  const stdio = ["ignore", "pipe", "pipe", "pipe"] as const;
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: [...stdio], detached: true });
  handOver(child.stdio[3], handed);
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    const deadline = setTimeout(() => finish(false), DEADLINE_MS);
    function finish(gone: boolean): void {
      clearTimeout(deadline);
      if (!gone && child.pid !== undefined) {
        kill(child.pid);
      }
      resolve({ ...read(said), gone });
    }
    child.once("close", () => finish(true));
    child.once("error", (error) => {
      said += String(error);
      finish(true);
    });
  });
}

function handOver(stream: unknown, handed: Uint8Array | null): void {
  if (stream instanceof Writable) {
    stream.on("error", () => {
      // It ended without reading: its answers, or their lack, say so.
    });
    stream.end(handed ?? "");
  }
}

function kill(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function read(said: string): Pick<Answers, "lines" | "unread"> {
  const lines = new Map<string, string>();
  const unread: string[] = [];
  for (const line of said.split("\n")) {
    const [, name, value = ""] = /^@@ (\S+) ?(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      unread.push(line);
    } else {
      lines.set(name, value.trim());
    }
  }
  return { lines, unread: unread.join(" ").trim().slice(0, 500) };
}

/** What a line must say; anything else is a hole. */
const HOLDS = {
  files: /^$/,
  environment: /^$/,
  descriptors: /^0 1 2$/,
  privileges: /^CapEff:0+ NoNewPrivs:1 Seccomp:2$/,
  "read-only": /^$/,
  work: /^writable$/,
  terraform: /^0$/,
  network: /^lo unreachable$/,
  forwarder: /^answers$/,
} as const satisfies Partial<Record<RunCheckName, RegExp>>;

function judge(
  checks: readonly RunCheckName[],
  { lines, unread, gone }: Answers,
): readonly RunCheck[] {
  const daemon = lines.get("daemon") === "started" && gone;
  return checks.map((check): RunCheck => {
    if (check === "kill") {
      return { check, ok: daemon, detail: daemon ? "nothing left" : `a daemon; ${unread}` };
    }
    const said = lines.get(check);
    const ok = said !== undefined && HOLDS[check].test(said);
    const found = said === "" ? "nothing" : (said ?? "no answer");
    return { check, ok, detail: ok ? found : `${found} ${unread}`.trim() };
  });
}
