import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildRootfs } from "#isolation/rootfs.ts";
import { found } from "#tests/support/found.ts";
import { thisHost } from "#tests/support/sandbox-host.ts";

const { path } = thisHost();

describe.skipIf(!found.bubblewrap)("the root of a sandbox", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mcp-rootfs-"));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test("is made once, and is the same folder the next time", async () => {
    const first = await buildRootfs(dataDir, path);
    const madeAt = statSync(first.folder).ctimeMs;

    const second = await buildRootfs(dataDir, path);

    expect(second.folder).toBe(first.folder);
    expect(statSync(second.folder).ctimeMs).toBe(madeAt);
    expect(readdirSync(join(dataDir, "rootfs"))).toHaveLength(1);
  });

  test("holds the tools of the lessons and nothing to build attacks with", async () => {
    const { folder } = await buildRootfs(dataDir, path);

    const there = (name: string) => existsSync(join(folder, "usr/bin", name));

    expect(["bash", "ls", "grep", "sed", "prlimit"].filter((name) => !there(name))).toEqual([]);
    expect(["python3", "gcc", "npm", "node", "perl", "curl", "mount"].filter(there)).toEqual([]);
  });

  test("knows two people, neither of them of this host", async () => {
    const { folder } = await buildRootfs(dataDir, path);

    const passwd = readFileSync(join(folder, "etc/passwd"), "utf8");

    expect(passwd.trim().split("\n")).toHaveLength(2);
    expect(existsSync(join(folder, "etc/shadow"))).toBe(false);
  });

  test("cannot be made without bash, and says so", async () => {
    const making = buildRootfs(dataDir, "/nowhere");

    await expect(making).rejects.toThrow(/without bash/);
  });
});
