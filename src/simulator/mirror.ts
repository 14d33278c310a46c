import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { arch, platform } from "node:process";
import { CLOUDS, type CloudName } from "./environment.ts";

export type Mirror = {
  /** Where the tree is made; Terraform installs providers from it. */
  readonly dir: string;
  /** Absolute paths of the Node binary and of `provider.ts`. */
  readonly node: string;
  readonly entry: string;
};

/**
 * Makes the unpacked filesystem mirror with a launcher for each simulated provider, and beside it
 * `<dir>.compiled`, their compiled code. A launcher that is there with the same text is left alone:
 * its hash stands in lock files.
 */
export async function makeMirror({ dir, node, entry }: Mirror): Promise<void> {
  if (![dir, node, entry].every((path) => isAbsolute(path))) {
    throw new Error("The mirror of the simulated cloud needs absolute paths.");
  }
  // Without compiled code at hand each start would strip the types of every file again.
  const compiled = `${dir}.compiled`;
  await mkdir(compiled, { recursive: true });
  const aws = await makeLauncher(dir, "aws", launcher({ node, entry, compiled, cloud: "aws" }));
  await makeLauncher(dir, "google", launcher({ node, entry, compiled, cloud: "google" }));
  await compile(aws);
}

/**
 * Starts a provider once without what it needs: it compiles itself, refuses, and ends. Runs may see
 * the folder read-only, so none of them could do it.
 */
function compile(file: string): Promise<void> {
  return new Promise((resolve) => {
    execFile(file, { env: {} }, () => resolve());
  });
}

async function makeLauncher(dir: string, cloud: CloudName, text: string): Promise<string> {
  const { version } = CLOUDS[cloud];
  const file = join(
    dir,
    "registry.terraform.io/hashicorp",
    cloud,
    version,
    targetOf(platform, arch),
    `terraform-provider-${cloud}_v${version}_x5`,
  );
  const standing = await readFile(file, "utf8").catch(() => null);
  if (standing === text) {
    return file;
  }
  await mkdir(dirname(file), { recursive: true });
  // Terraform takes every file of the folder for part of the provider: the draft stands outside.
  const draft = join(dir, `.${cloud}.draft`);
  await writeFile(draft, text);
  await chmod(draft, 0o755);
  await rename(draft, file);
  return file;
}

type Launch = {
  readonly node: string;
  readonly entry: string;
  readonly compiled: string;
  readonly cloud: CloudName;
};

function launcher({ node, entry, compiled, cloud }: Launch): string {
  return `#!/bin/sh
NODE_COMPILE_CACHE=${quoted(compiled)} exec ${quoted(node)} ${quoted(entry)} ${cloud}
`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Terraform's word for this machine: linux_amd64, darwin_arm64, … */
function targetOf(system: string, processor: string): string {
  return `${system === "win32" ? "windows" : system}_${ARCHITECTURES[processor] ?? processor}`;
}
