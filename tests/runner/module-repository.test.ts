import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BrokenModule } from "#runner/broken-module.ts";
import { openCatalogue } from "#runner/catalogue.ts";
import { keptModule } from "#runner/kept-module.ts";
import { openModuleRepository } from "#runner/module-repository.ts";
import type { Log } from "#telemetry/log.ts";
import { found } from "#tests/support/found.ts";
import { FIXTURES, named } from "./aquarium.ts";

let home = "";
let origin = "";
const warnings: string[] = [];
const log: Log = {
  debug: () => {},
  info: () => {},
  warn: (_, message) => warnings.push(message),
  error: () => {},
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "repository-"));
  origin = join(home, "origin");
  mkdirSync(origin);
  warnings.length = 0;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function git(...argv: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  const open = ["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"];
  return execFileSync("git", ["-C", origin, ...who, ...open, ...argv], { encoding: "utf8" }).trim();
}

/** A repository with one module under `modules`; answers its commit. */
function publish(): string {
  git("init", "-q");
  cpSync(FIXTURES, join(origin, "modules"), { recursive: true });
  return commit();
}

function commit(): string {
  git("add", "-A");
  git("commit", "-qm", "change");
  return git("rev-parse", "HEAD");
}

function open(more: { readonly url?: string; readonly ref?: string | null } = {}): Promise<string> {
  return openModuleRepository({
    url: `${pathToFileURL(origin).href}//modules`,
    ref: null,
    dataDir: join(home, "data"),
    environment: { HOME: home },
    log,
    local: true,
    ...more,
  });
}

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

async function aquariumIn(folder: string) {
  return named(await openCatalogue(folder), "local_aquarium").module;
}

describe.skipIf(found.git === null)("a repository of modules", () => {
  test("is fetched, shallow, and its modules carry the commit", async () => {
    publish();
    writeFileSync(join(origin, "modules/local_aquarium/notes.txt"), "second");
    const newest = commit();

    const folder = await open();
    const module = await aquariumIn(folder);

    expect(module.commit).toBe(newest);
    expect(module.folder.startsWith(join(home, "data", "modules"))).toBe(true);
    const depth = execFileSync("git", ["-C", folder, "rev-list", "--count", "HEAD"]);
    expect(String(depth).trim()).toBe("1");
  });

  test("gives the newest commit at the next start and leaves the folder of the one before", async () => {
    const first = publish();
    const before = await open();
    writeFileSync(join(origin, "modules/local_aquarium/notes.txt"), "second");
    const second = commit();

    const after = await open();

    expect([(await aquariumIn(before)).commit, (await aquariumIn(after)).commit]).toEqual([
      first,
      second,
    ]);
  });

  test("is taken at the branch, tag or commit that MODULES_REF names", async () => {
    const first = publish();
    git("tag", "-a", "v1", "-m", "one");
    git("branch", "old");
    writeFileSync(join(origin, "modules/local_aquarium/notes.txt"), "second");
    commit();

    const commits: string[] = [];
    for (const ref of ["v1", "old", first]) {
      commits.push((await aquariumIn(await open({ ref }))).commit);
    }

    expect(commits).toEqual([first, first, first]);
  });

  test("that cannot be reached gives the last commit again, and the log says so", async () => {
    const first = publish();
    await open();
    renameSync(origin, `${origin}-gone`);

    const module = await aquariumIn(await open());

    expect(module.commit).toBe(first);
    expect(warnings).toEqual(["modules cannot be fetched; the last commit is used"]);
  });

  test("at a commit that is kept needs no host at all", async () => {
    const first = publish();
    await open({ ref: first });
    renameSync(origin, `${origin}-gone`);

    await open({ ref: first });

    expect(warnings).toEqual([]);
  });

  test("that was never reached refuses the start with what to check, in both languages", async () => {
    const refused = await refusal(open());

    expect(refused.code).toBe("no-repository");
    expect(refused.message).toContain("Check the address, the ref, the network");
    expect(refused.in("ko")).toContain("주소, ref, 네트워크");
  });

  test("whose kept folder somebody edited is fetched again", async () => {
    const first = publish();
    const edited = join(await open(), "local_aquarium", "main.tf");
    const before = readFileSync(edited, "utf8");
    writeFileSync(edited, "");

    const module = await aquariumIn(await open());

    expect(module.commit).toBe(first);
    expect(readFileSync(edited, "utf8")).toBe(before);
  });

  test("whose module exempts itself from a rule is refused until the operator names it", async () => {
    publish();
    cpSync(resolve("terraform/modules/local_app_env"), join(origin, "modules/local_app_env"), {
      recursive: true,
    });
    commit();
    const shipped = await openCatalogue(await open());
    writeFileSync(
      join(origin, "modules/local_app_env/attack.tf"),
      'resource "terraform_data" "x" {\n  provisioner "local-exec" {\n    command = "id"\n  }\n}\n',
    );
    commit();

    const folder = await open();
    const refused = await refusal(openCatalogue(folder));
    const consents = ["local_app_env:no-provisioner"];
    const agreed = await openCatalogue(folder, { consents });

    expect(refused.code).toBe("provisioner");
    expect(refused.in("ko")).toContain("MODULES_EXEMPT=local_app_env:no-provisioner");
    expect([shipped, agreed].map((each) => each.modules().length)).toEqual([2, 2]);
  });

  test("may have links and submodules beside its modules, and none is followed", async () => {
    publish();
    const other = join(home, "other");
    execFileSync("git", ["clone", "-q", origin, other]);
    symlinkSync("/etc/passwd", join(origin, "passwd"));
    mkdirSync(join(origin, "docs"));
    symlinkSync("/etc", join(origin, "docs/etc"));
    git("submodule", "--quiet", "add", other, "vendor/far");
    commit();

    const folder = await open();
    const again = await open();

    const tree = join(folder, "..");
    expect(again).toBe(folder);
    expect(readFileSync(join(tree, "passwd"), "utf8")).toBe("/etc/passwd");
    expect(lstatSync(join(tree, "docs/etc")).isFile()).toBe(true);
    expect(readdirSync(join(tree, "vendor/far"))).toEqual([]);
  });

  test("is asked for links again when another folder of the same commit is taken", async () => {
    publish();
    cpSync(join(origin, "modules"), join(origin, "more"), { recursive: true });
    symlinkSync("modules", join(origin, "way"));
    symlinkSync("/etc/passwd", join(origin, "more/local_aquarium/passwd"));
    commit();
    const address = pathToFileURL(origin).href;
    await open();

    const beside = await refusal(open({ url: `${address}//more/` }));
    const through = await refusal(open({ url: `${address}//way` }));
    const whole = await refusal(open({ url: address }));

    expect([beside, through, whole].map(({ code }) => code)).toEqual([
      "tree-link",
      "tree-link",
      "tree-link",
    ]);
  });

  test("with a link among its modules is refused before it is written", async () => {
    publish();
    symlinkSync("/etc/passwd", join(origin, "modules/local_aquarium/passwd"));
    commit();

    const refused = await refusal(open());

    expect(refused.code).toBe("tree-link");
    expect(refused.message).toContain("modules/local_aquarium/passwd");
    expect(refused.in("ko")).toContain("심볼릭 링크");
  });

  test("with a submodule among them is refused, and nothing of it is fetched", async () => {
    publish();
    const other = join(home, "other");
    execFileSync("git", ["clone", "-q", origin, other]);
    git("submodule", "--quiet", "add", other, "modules/far");
    commit();

    const refused = await refusal(open());

    expect(refused.code).toBe("tree-submodule");
    expect(refused.message).toContain("modules/far");
    expect(refused.in("ko")).toContain("서브모듈");
  });

  test("gives a module as it was applied, while that commit is kept as it was", async () => {
    const first = publish();
    const before = await aquariumIn(await open());
    writeFileSync(join(origin, "modules/local_aquarium/notes.txt"), "second");
    commit();
    await open();
    const url = `${pathToFileURL(origin).href}//modules`;
    const where = { url, dataDir: join(home, "data"), local: true, consents: [] };
    const { version, tree } = before;

    const kept = await keptModule(where, "local_aquarium", { commit: first, version, tree });
    const other = await keptModule(where, "local_aquarium", { commit: first, version, tree: "0" });
    writeFileSync(join(before.folder, "main.tf"), "");
    const edited = await keptModule(where, "local_aquarium", { commit: first, version, tree });

    expect(kept).toEqual(before);
    expect([other, edited]).toEqual([null, null]);
  });

  test("runs no hook of anybody", async () => {
    publish();
    const mark = join(home, "ran");
    const hooks = join(home, "hooks");
    mkdirSync(hooks);
    writeFileSync(join(hooks, "post-checkout"), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    writeFileSync(join(home, ".gitconfig"), `[core]\n\thooksPath = ${hooks}\n`);

    await open();

    expect(existsSync(mark)).toBe(false);
  });
});
