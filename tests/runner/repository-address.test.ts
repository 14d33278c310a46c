import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokenModule } from "#runner/broken-module.ts";
import { openModuleRepository } from "#runner/module-repository.ts";
import { SILENT } from "#telemetry/log.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "address-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function refusal(opened: Promise<unknown>): Promise<BrokenModule> {
  const error = await opened.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (error instanceof BrokenModule) {
    return error;
  }
  throw new Error(`Expected a BrokenModule, not ${String(error)}`);
}

describe("an address through which git would run something or read our disk is refused", () => {
  test.each([
    "ext::sh -c touch% /tmp/owned",
    "ext::https://example.org/x",
    "fd::17",
    "--upload-pack=touch /tmp/owned",
    "-u/tmp/owned",
    "ssh://-oProxyCommand=touch/x.git",
    "ssh://%2DoProxyCommand=touch/x.git",
    "ssh://-oProxyCommand=x@example.org/x.git",
    "git@example.org:modules.git",
    "git://example.org/modules.git",
    "http://example.org/modules.git",
    "https://user:secret@example.org/modules.git",
    "https://token@example.org/modules.git",
    "https://example.org/modules.git?ref=main",
    "https://example.org/modules.git#main",
    "https://example.org/modules.git//../../etc",
    "https://example.org/modules.git//.git",
    "https://example.org/a b.git",
    "file:///etc",
    "/etc",
  ])("%s", async (url) => {
    const refused = await refusal(
      openModuleRepository({ url, ref: null, dataDir: home, environment: {}, log: SILENT }),
    );

    expect(refused.code).toBe("unsafe-url");
    expect(refused.message).not.toContain("secret");
    expect(refused.in("ko")).toContain("https://host/path.git");
    expect(existsSync(join(home, "modules"))).toBe(false);
  });

  test.each(["--upload-pack=id", "-x", "a..b", "main:evil", "+main", "a b", "@{-1}", ""])(
    "a ref like %s",
    async (ref) => {
      const refused = await refusal(
        openModuleRepository({
          url: "https://example.org/modules.git",
          ref,
          dataDir: home,
          environment: {},
          log: SILENT,
        }),
      );

      expect(refused.code).toBe("unsafe-ref");
    },
  );
});
