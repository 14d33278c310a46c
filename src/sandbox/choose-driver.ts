import { contains, type Check } from "#isolation/checks.ts";
import { findHostTools } from "#isolation/host-tools.ts";
import { prepareLauncher } from "#isolation/launch.ts";
import { buildRootfs } from "#isolation/rootfs.ts";
import { selfTest } from "#isolation/self-test.ts";
import { bubblewrapDriver } from "./bubblewrap-shell.ts";
import { justBashDriver } from "./just-bash-shell.ts";
import type { Driver } from "./shell.ts";
import { openTerminal } from "./terminal.ts";

export type Choice = {
  readonly driver: Driver;
  /** The containment table of bubblewrap; empty when it is not on this host. */
  readonly checks: readonly Check[];
  /** Why it is not bubblewrap, for operators; null when it is. */
  readonly reason: string | null;
  /** Tools that learners will not find inside, because this host lacks them. */
  readonly missingTools: readonly string[];
};

export type HostFacts = {
  readonly dataDir: string;
  /** PATH of the server. */
  readonly path: string;
  readonly uid: number;
  /** Folders that must not exist inside; DATA_DIR is always among them. */
  readonly hidden: readonly string[];
};

/**
 * Bubblewrap if it passes the self-test on this host, else just-bash. Whether less than bubblewrap
 * is good enough is the caller's decision: production refuses it.
 */
export async function chooseDriver(host: HostFacts): Promise<Choice> {
  const tools = findHostTools(host.path, host.uid);
  if (tools === null) {
    return fallback(
      "bwrap (or unshare, mount, setpriv as root) is not on PATH, or not x86_64 Linux",
    );
  }
  try {
    const { folder: rootfs, missing } = await buildRootfs(host.dataDir, host.path);
    const launch = await prepareLauncher({ dataDir: host.dataDir, rootfs, tools });
    const hidden = [host.dataDir, ...host.hidden];
    const test = () => selfTest({ launch, open: openTerminal, hidden });
    const first = await test();
    // A machine that was out of breath for a moment must not cost everybody the real shell.
    const checks = contains(first) ? first : await test();
    if (contains(checks)) {
      const driver = bubblewrapDriver(launch);
      return { driver, checks, reason: null, missingTools: missing };
    }
    const failed = checks.filter((check) => !check.ok);
    const why = failed.map(({ check, detail }) => `${check}: ${detail}`).join("; ");
    return { ...fallback(`the self-test failed: ${why}`), checks };
  } catch (error) {
    return fallback(`the sandbox could not be prepared: ${String(error)}`);
  }
}

function fallback(reason: string): Choice {
  return { driver: justBashDriver(), checks: [], reason, missingTools: ["terraform", "git"] };
}
