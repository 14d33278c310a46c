import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nulSeparated } from "#isolation/bubblewrap.ts";
import { CHECKS, contains, type Check } from "#isolation/checks.ts";
import { findHostTools } from "#isolation/host-tools.ts";
import { prepareLauncher } from "#isolation/launch.ts";
import { buildRootfs } from "#isolation/rootfs.ts";
import { selfTest } from "#isolation/self-test.ts";
import { openTerminal } from "#sandbox/terminal.ts";
import { found } from "#tests/support/found.ts";
import { thisHost } from "#tests/support/sandbox-host.ts";

// ret ALLOW: a filter that filters nothing.
const ALLOW_EVERYTHING = Buffer.from([0x06, 0, 0, 0, 0, 0, 0xff, 0x7f]);

describe.skipIf(!found.bubblewrap)("the self-test", () => {
  let dataDir = "";
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-self-test-"));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  /** Runs it on a sandbox whose options and filter a test may have weakened. */
  async function run(weaken: { without?: string; filter?: Uint8Array } = {}): Promise<Check[]> {
    const { path, uid, dataDir: shared } = thisHost();
    const tools = findHostTools(path, uid);
    if (tools === null) {
      throw new Error("bwrap works here, but its tools were not found.");
    }
    const { folder: rootfs } = await buildRootfs(shared, path);
    const launch = await prepareLauncher({ dataDir, rootfs, tools });
    const file = join(dataDir, "sandbox/options");
    const options = readFileSync(file, "utf8").split("\0").slice(0, -1);
    writeFileSync(file, nulSeparated(options.filter((option) => option !== weaken.without)));
    if (weaken.filter !== undefined) {
      writeFileSync(join(dataDir, "sandbox/filter.bpf"), weaken.filter);
    }
    return selfTest({ launch, open: openTerminal, hidden: [dataDir, process.cwd()] });
  }

  function failed(checks: readonly Check[]): string[] {
    const contained = checks.filter(({ check }) => check !== "prompt time");
    return contained.filter(({ ok }) => !ok).map(({ check }) => check);
  }

  test("passes every row of the containment table on the sandbox as it is built", async () => {
    const checks = await run();

    expect(failed(checks)).toEqual([]);
    expect(contains(checks)).toBe(true);
    expect(checks.map(({ check }) => check)).toEqual([...CHECKS]);
  });

  test("finds the network of the host when it is not unshared", async () => {
    const checks = await run({ without: "--unshare-net" });

    expect(failed(checks)).toEqual(["network"]);
    expect(contains(checks)).toBe(false);
  });

  test("finds a filter that lets the forbidden calls through", async () => {
    const checks = await run({ filter: ALLOW_EVERYTHING });

    expect(failed(checks)).toEqual(["syscalls"]);
  });

  test("fails every row, with bwrap's own words, when no sandbox comes up", async () => {
    const checks = await run({ without: "--ro-bind" });

    expect(failed(checks)).toHaveLength(CHECKS.length - 1);
    expect(checks[0]?.detail).toContain("bwrap");
  });
});
