import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Module } from "#deployments/ports.ts";
import type { ReadModule } from "./module.ts";
import { treeHash } from "./module-files.ts";

/** `local_app_env:no-provisioner`: a rule that the operator of this server lets a module break. */
export type Exemption = string;

const SHIPPED = fileURLToPath(new URL("../../terraform/modules", import.meta.url));

/**
 * True when a module may run code here: module.yaml says why, and the operator consents. Whoever
 * writes a module could exempt it alone, so what is not ours to the byte must be named in `consents`.
 */
export async function mayProvision(
  { module, yaml }: Pick<ReadModule, "module" | "yaml">,
  consents: readonly Exemption[],
): Promise<boolean> {
  const asks = yaml.yaml.exemptions.some(({ rule }) => rule === "no-provisioner");
  return asks && (consents.includes(`${module.name}:no-provisioner`) || (await isShipped(module)));
}

async function isShipped({ name, tree }: Pick<Module, "name" | "tree">): Promise<boolean> {
  // No module of this name came with the product.
  const ours = await treeHash(join(SHIPPED, name)).catch(() => null);
  return ours === tree;
}
