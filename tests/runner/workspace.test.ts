import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ChangeId } from "#deployments/ids.ts";
import { digestOf, sha256 } from "#runner/hashes.ts";
import { copyModule } from "#runner/module-source.ts";
import { readTar, writeTar } from "#runner/tar.ts";
import { isUntouched, pack, restore, workspaceOf, writeSources } from "#runner/workspace.ts";

describe("the work tree of a change", () => {
  let dataDir: string;
  let moduleFolder: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "mcp-workspace-"));
    moduleFolder = join(dataDir, "module");
    put(join(moduleFolder, "main.tf"), "# main");
    put(join(moduleFolder, "files", "script.sh"), "echo hi");
    chmodSync(join(moduleFolder, "files", "script.sh"), 0o755);
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  const workspace = () => workspaceOf(dataDir, ChangeId.parse("chg-aaaaaaaaaa"));

  async function packed() {
    await writeSources(workspace(), { moduleFolder, root: "{}", inputs: '{"a":1}' }, null);
    put(join(workspace().folder, "plan.bin"), "a plan");
    put(join(workspace().folder, ".terraform", "modules.json"), "not packed");
    return pack(workspace());
  }

  test("packing the same tree twice gives the same bytes, restoring them the same tree", async () => {
    const first = await packed();
    const again = await packed();
    rmSync(workspace().folder, { recursive: true });

    const restored = await restore(workspace(), first, null);

    const script = join(workspace().folder, "module", "files", "script.sh");
    expect(again.hashes).toEqual(first.hashes);
    expect(restored).toBe(true);
    expect(await isUntouched(workspace(), first.hashes)).toBe(true);
    expect(readFileSync(script, "utf8")).toBe("echo hi");
    expect([statSync(script).mode & 0o777, statSync(workspace().folder).mode & 0o777]).toEqual([
      0o500, 0o700,
    ]);
    expect(statSync(join(workspace().folder, "plan.bin")).mode & 0o777).toBe(0o400);
  });

  test.each(["archive", "plan", "inputs", "lock"] as const)(
    "a stored plan whose %s is another is refused before anything is written",
    async (which) => {
      const good = await packed();
      rmSync(workspace().folder, { recursive: true });

      const restored = await restore(
        workspace(),
        { ...good, hashes: { ...good.hashes, [which]: sha256("something else") } },
        null,
      );

      expect(restored).toBe(false);
      expect(() => statSync(workspace().folder)).toThrow("ENOENT");
    },
  );

  test.each(["plan.bin", "module/main.tf", "module/files/script.sh", "terraform.tfvars.json"])(
    "a change of %s on disk is seen before the apply",
    async (name) => {
      const good = await packed();

      writeFileSync(join(workspace().folder, name), "tampered");

      expect(await isUntouched(workspace(), good.hashes)).toBe(false);
    },
  );

  test("a file more in the tree is seen before the apply", async () => {
    const good = await packed();

    put(join(workspace().folder, "extra.tf"), "# more");

    expect(await isUntouched(workspace(), good.hashes)).toBe(false);
  });

  test("providers come from the mirror or not at all", async () => {
    await packed();
    const without = readFileSync(workspace().cliConfig, "utf8");
    await writeSources(workspace(), { moduleFolder, root: "{}", inputs: "{}" }, "/mirror");

    expect(without).toBe("provider_installation {\n}\n");
    expect(readFileSync(workspace().cliConfig, "utf8")).toContain('path = "/mirror"');
  });

  test("a module with a link in it is not copied", async () => {
    symlinkSync("/etc/passwd", join(moduleFolder, "passwd"));

    const copying = copyModule(moduleFolder, join(dataDir, "copy"));

    await expect(copying).rejects.toThrow("a link may lead out");
  });

  test("an archive with a name that leads outside is neither written nor read", () => {
    const content = Buffer.from("x");
    const archive = Buffer.from(writeTar([{ name: "aa/bb", executable: false, content }]));
    const outside = Buffer.from(archive);
    outside.write("../bb", 0);

    expect(() => writeTar([{ name: "../bb", executable: false, content }])).toThrow("inside");
    expect(() => readTar(outside)).toThrow();
    expect(readTar(archive)).toEqual([{ name: "aa/bb", executable: false, content }]);
  });

  test("names up to the format's length come back, longer ones are refused", () => {
    const content = Buffer.alloc(700, "y");
    const long = `${"d".repeat(150)}/${"f".repeat(100)}`;

    expect(readTar(writeTar([{ name: long, executable: true, content }]))).toEqual([
      { name: long, executable: true, content },
    ]);
    expect(() => writeTar([{ name: "f".repeat(101), executable: false, content }])).toThrow(
      "too long",
    );
  });

  test("the digest changes with the plan, the inputs and the module's commit", () => {
    const facts = { plan: sha256("p"), inputs: sha256("i"), moduleCommit: "c" };

    const digests = [
      facts,
      { ...facts, plan: sha256("q") },
      { ...facts, inputs: sha256("j") },
      { ...facts, moduleCommit: "d" },
    ].map(digestOf);

    expect(new Set(digests).size).toBe(4);
    expect(digestOf({ ...facts })).toBe(digests[0]);
  });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
