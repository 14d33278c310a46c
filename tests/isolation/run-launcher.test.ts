import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseRunLauncher, type RunHost } from "#isolation/choose-run-launcher.ts";
import { NETWORK_CHECKS, RUN_CHECKS } from "#isolation/run-self-test.ts";
import { found } from "#tests/support/found.ts";

describe("what shuts runs in", () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-runs-"));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  function choose(more: Partial<RunHost> = {}) {
    return chooseRunLauncher({
      dataDir,
      path: process.env["PATH"] ?? "",
      terraform: "/usr/bin/true",
      shown: { readOnly: [], writable: [] },
      hidden: [],
      network: "none",
      ...more,
    });
  }

  test.skipIf(!found.bubblewrap)(
    "is nothing for a Terraform that is a script, which may need anything",
    async () => {
      const script = join(dataDir, "terraform");
      writeFileSync(script, '#!/bin/sh\nexec terraform "$@"\n', { mode: 0o755 });

      const { launcher, reason } = await choose({ terraform: script });

      expect(launcher.is).toBe("none");
      expect(reason).toContain("is a script");
    },
  );

  test.skipIf(!found.bubblewrap)("is bubblewrap where every check holds", async () => {
    const { launcher, checks, reason, sharing } = await choose();

    expect([launcher.is, reason, sharing]).toEqual(["bubblewrap", null, null]);
    expect(launcher.stateUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(checks.map(({ check, ok }) => [check, ok])).toEqual(
      [...RUN_CHECKS, ...NETWORK_CHECKS].map((check) => [check, true]),
    );
  });

  test.skipIf(!found.bubblewrap)("leaves runs the network of this machine on request", async () => {
    const { launcher, checks } = await choose({ network: "shared" });

    expect([launcher.is, launcher.stateUrl]).toEqual(["bubblewrap", null]);
    expect(checks.map(({ check, ok }) => [check, ok])).toEqual(
      RUN_CHECKS.map((check) => [check, true]),
    );
  });

  test.skipIf(!found.bubblewrap)(
    "says so where runs must share the network, and shuts them in all the same",
    async () => {
      const long = join(dataDir, "a-long-name".repeat(10));
      mkdirSync(long);

      const { launcher, reason, sharing } = await choose({ dataDir: long });

      expect([launcher.is, launcher.stateUrl, reason]).toEqual(["bubblewrap", null, null]);
      expect(sharing).toContain("too long a path");
    },
  );

  test.skipIf(!found.bubblewrap)("is nothing where a run would see a file of ours", async () => {
    const { launcher, reason } = await choose({ shown: { readOnly: [dataDir], writable: [] } });

    expect(launcher.is).toBe("none");
    expect(reason).toContain("files: ");
    expect(reason).toContain(join(dataDir, "isolation"));
  });

  test.skipIf(!found.bubblewrap)("is nothing where Terraform does not run inside", async () => {
    const unseen = join(dataDir, "terraform-nobody-shows");
    copyFileSync("/usr/bin/true", unseen);

    const { launcher, reason } = await choose({ terraform: unseen });

    expect([launcher.is, reason]).toEqual(["none", expect.stringContaining("terraform: 127")]);
  });

  test("is nothing without bwrap, and says so", async () => {
    const { launcher, checks, reason } = await choose({ path: "/nowhere" });

    expect([launcher.is, checks]).toEqual(["none", []]);
    expect(reason).toContain("bwrap");
  });
});
