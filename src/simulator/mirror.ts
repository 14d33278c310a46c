import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
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
  for (const registry of REGISTRIES) {
    for (const cloud of CLOUD_NAMES) {
      const folder = join(dir, registry, "hashicorp", cloud, CLOUDS[cloud].version);
      await makeLauncher(folder, { node, entry, compiled, cloud });
    }
  }
  await compile({ node, entry, compiled, cloud: "aws" });
}

// OpenTofu looks for the same providers under a name of its own.
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"];
const CLOUD_NAMES = ["aws", "google"] as const;

type Launch = {
  readonly node: string;
  readonly entry: string;
  readonly compiled: string;
  readonly cloud: CloudName;
};

/**
 * Starts a provider once without what it needs: it compiles itself, refuses, and ends. Runs may see
 * the folder read-only, so none of them could do it.
 */
function compile({ node, entry, compiled, cloud }: Launch): Promise<void> {
  return new Promise((resolve) => {
    execFile(node, [entry, cloud], { env: { NODE_COMPILE_CACHE: compiled } }, () => resolve());
  });
}

async function makeLauncher(folder: string, launch: Launch): Promise<void> {
  const version = CLOUDS[launch.cloud].version;
  const target = join(folder, targetOf(platform, arch));
  const file = join(target, `terraform-provider-${launch.cloud}_v${version}_x5`);
  const text = launcher(launch);
  const standing = await readFile(file, "utf8").catch(() => null);
  if (standing === text) {
    return;
  }
  await mkdir(target, { recursive: true });
  // Terraform takes every file of the target for part of the provider: the draft stands outside.
  const draft = join(folder, `.${randomUUID()}.draft`);
  await writeFile(draft, text);
  await chmod(draft, 0o755);
  await rename(draft, file);
}

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
