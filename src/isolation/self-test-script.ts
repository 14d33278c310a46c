import { forkProbe, probe, type Call } from "./probe.ts";
import { CHECKS, type Check, type CheckName } from "./checks.ts";

/** What the script inside said: by name; and what it said beside that (an error of bwrap). */
export type Answers = { readonly lines: ReadonlyMap<string, string>; readonly unread: string };

/** The last line of the script. */
export const DATA_FORKS = "forks";

const FORKS = 60;
const FORK_LIMIT = 48;

/** Calls that the filter must answer with EPERM; the last ones in their disguises. */
const CALLS: readonly Call[] = [
  { number: 272, args: [0x10000000n] },
  { number: 101, args: [0n] },
  { number: 425, args: [1n, 0n] },
  { number: 321, args: [0n] },
  { number: 250, args: [0n] },
  { number: 165, args: [0n] },
  { number: 56, args: [0x10000000n] },
  { number: 16, args: [0n, 0x5412n, 0n] },
  { number: 16, args: [0n, 0x1_0000_5412n, 0n] },
];

/**
 * A fixed text. $1 port on the host's loopback, $2 program of the calls, $3 program of the forks
 * (both base64), from $4 on the paths that must not exist.
 */
export const SCRIPT = `
stty -echo -opost
say() { printf '@@ %s %s\\n' "$1" "$2"; }
say ready
reach() { if (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; then echo reached; else echo closed; fi; }
there() { for path in "$@"; do [[ ! -e $path ]] || printf '%s ' "$path"; done; }
program() { base64 -d <<< "$1" > "$2"; chmod +x "$2"; }
say loopback "$(reach 127.0.0.1 "$1")"
say metadata "$(reach 169.254.169.254 80)"
say interfaces "$(sed 1,2d /proc/net/dev | cut -d: -f1 | tr -d ' ' | tr '\\n' ' ')"
say files "$(there /etc/shadow /root "\${@:4}"; type -P python3 gcc npm | tr '\\n' ' ')"
say environ "$(tr '\\0' '\\n' < /proc/1/environ | cut -d= -f1 | tr '\\n' ' ')"
say cmdline "$(tr '\\0' ' ' < /proc/1/cmdline | grep -c -e '--set[e]nv' -e '--ro-b[i]nd')"
say descriptors "$(for path in /proc/self/fd/*; do [[ ! -e $path ]] || printf '%s ' "\${path##*/}"; done)"
say privileges "$(grep NoNewPrivs /proc/self/status | tr -s '\\t' ' ')"
program "$2" /tmp/calls
say calls "$(/tmp/calls | od -An -v -td4 | tr -s ' \\n' ' ')"
for n in 1 2 3; do head -c 7000000 /dev/zero > ~/fill$n; done 2> /dev/null
say home "$(du -sb ~ | cut -f1)"
rm -f ~/fill*
say readonly "$(for path in /x /dev/x /usr/x /etc/x; do (echo x > $path) 2> /dev/null && printf '%s ' $path; done)"
program "$3" /tmp/forks
/tmp/forks > /tmp/forked
printf '@@ ${DATA_FORKS} '
od -An -v -td4 -w${FORKS * 4} /tmp/forked
read -r
`;

export function scriptArguments(port: number, hidden: readonly string[]): string[] {
  const programs = [probe(CALLS), forkProbe(FORKS)];
  return [
    String(port),
    ...programs.map((bytes) => Buffer.from(bytes).toString("base64")),
    ...hidden,
  ];
}

export type Findings = {
  readonly answers: Answers;
  readonly outer: readonly string[];
  readonly second: boolean;
  readonly gone: boolean;
};

export function judge(findings: Findings): Check[] {
  const said = (name: string) => findings.answers.lines.get(name)?.trim() ?? null;
  if (said("ready") === null) {
    const detail = findings.answers.unread.trim() || "the sandbox said nothing";
    return CHECKS.map((name) => check(name, false, detail));
  }
  return [
    outerUid(findings.outer),
    forkLimit(said("forks"), findings.second),
    network(said),
    check("files", said("files") === "", `found: ${said("files")}`),
    environment(said),
    syscalls(said),
    disk(said),
    check("descriptors", said("descriptors") === "0 1 2", `open: ${said("descriptors")}`),
    check("kill", findings.gone, findings.gone ? "nothing left" : "processes left"),
    promptTime(Number(said("ready"))),
  ];
}

type Said = (name: string) => string | null;

function check(check: CheckName, ok: boolean, detail: string): Check {
  return { check, ok, detail };
}

function outerUid(uids: readonly string[]): Check {
  const ok = uids.length > 0 && uids.every((uid) => /^[1-9]\d*$/.test(uid));
  return check("outer uid", ok, [...new Set(uids)].join(" "));
}

function forkLimit(forks: string | null, second: boolean): Check {
  const results = (forks ?? "").split(/\s+/).map(Number);
  const there = results.filter((result) => result > 0).length;
  const ok = results.length === FORKS && there > 0 && there <= FORK_LIMIT && second;
  return check("fork limit", ok, `${there} of ${FORKS}; second sandbox ${second ? "up" : "down"}`);
}

function network(said: Said): Check {
  const found = ["loopback", "metadata", "interfaces"].map((name) => said(name) ?? "unknown");
  return check("network", found.join(" ") === "closed closed lo", found.join(", "));
}

function environment(said: Said): Check {
  const names = (said("environ") ?? "unknown").split(" ").filter((name) => name !== "");
  const clean = names.every((name) => ["PATH", "PWD", "TERM"].includes(name));
  return check("environment", clean && said("cmdline") === "0", `names: ${names.join(" ")}`);
}

function syscalls(said: Said): Check {
  const calls = said("calls") ?? "unknown";
  const denied = calls === CALLS.map(() => "-1").join(" ");
  const privileges = said("privileges") ?? "unknown";
  const ok = denied && privileges === "NoNewPrivs: 1";
  return check("syscalls", ok, `${calls}; ${privileges}`);
}

function disk(said: Said): Check {
  const bytes = Number(said("home") ?? Number.NaN);
  const bounded = bytes > 0 && bytes <= 16 * 1024 * 1024;
  const written = said("readonly") ?? "unknown";
  return check("disk", bounded && written === "", `home ${bytes} bytes; written: ${written}`);
}

function promptTime(ms: number): Check {
  return check("prompt time", ms < 1_000, `${Math.round(ms)} ms`);
}
