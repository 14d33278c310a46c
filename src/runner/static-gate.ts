import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Json } from "#deployments/change.ts";
import { BrokenModule } from "./broken-module.ts";
import { callsBehindEscapes, callsIn, type Call } from "./hcl-calls.ts";
import { NotRead } from "./hcl-tokens.ts";
import {
  blockFaults,
  isOurs,
  submodules,
  type Gate,
  type GateFault,
  type ModuleGate,
} from "./gate-blocks.ts";
import { moduleFiles } from "./module-files.ts";
import { readTerraformFiles, type TerraformFile } from "./terraform-files.ts";

/**
 * Stands before the first plan of a module: throws BrokenModule for the first thing in it that
 * could reach out of the module, or change where and with what Terraform runs.
 */
export async function passGate(folder: string, gate: Gate): Promise<void> {
  // A link may lead out of the module; walking its files refuses one.
  await moduleFiles(folder);
  const seen = new Set<string>();
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!seen.has(next)) {
      seen.add(next);
      waiting.push(...(await passFolder(next, { ...gate, module: basename(folder) })));
    }
  }
}

/** Answers the folders of the modules that it calls. */
async function passFolder(folder: string, gate: ModuleGate): Promise<readonly string[]> {
  const files = await readTerraformFiles(folder);
  const bodies = files.map(({ body }) => body);
  for (const file of files) {
    refuseFirst(file, blockFaults(file.body, bodies, gate));
    for (const text of textsIn(file.body)) {
      refuseFirst(file, await callFaults(text, folder));
    }
  }
  return bodies.flatMap(submodules).map((path) => join(folder, path));
}

function refuseFirst(
  { file, text }: Pick<TerraformFile, "file" | "text">,
  [fault]: readonly GateFault[],
): void {
  if (fault !== undefined) {
    const at = text.indexOf(fault.near);
    const line = at === -1 || fault.near === "" ? 0 : text.slice(0, at).split("\n").length;
    throw new BrokenModule({ file, line }, fault);
  }
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(textsIn);
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)])
    : [];
}

// A name cannot be written in another way, so a text without one of these calls none of them.
const SUSPECT = /(?:file|nonsensitive|templatestring)[\s\S]*\(/;
const LONGEST = 80;

async function callFaults(text: string, folder: string): Promise<readonly GateFault[]> {
  if (!SUSPECT.test(text)) {
    return [];
  }
  try {
    const calls = [...(await callsIn(text)), ...(await callsBehindEscapes(text))];
    for (const call of calls.filter(({ name }) => name === "templatefile")) {
      await passTemplate(call, folder);
    }
    return calls.flatMap(callFault);
  } catch (error) {
    if (error instanceof NotRead) {
      return [{ code: "unread-expression", params: { text: brief(text) }, near: "" }];
    }
    throw error;
  }
}

function callFault(call: Call): readonly GateFault[] {
  const found = { params: { call: brief(call.text) }, near: call.text };
  if (call.name === "nonsensitive") {
    return [{ code: "reveals", ...found }];
  }
  if (call.name === "templatestring") {
    return [{ code: "hidden-template", ...found }];
  }
  return /^(?:file|templatefile$)/.test(call.name) && !isOurs(call)
    ? [{ code: "outside-file", ...found }]
    : [];
}

/** The text of a template may call functions as well; where it stands, no path is its own. */
async function passTemplate(call: Call, folder: string): Promise<void> {
  const path = call.args[0]?.path ?? "";
  if (!isOurs(call)) {
    return;
  }
  const file = join(folder, path);
  // Terraform itself says what it thinks of a template that is not there.
  const text = await readFile(file, "utf8").catch(() => "");
  const calls = SUSPECT.test(text) ? await callsIn(text) : [];
  const faults = calls.map((each) => callFault({ ...each, args: [null] }));
  refuseFirst({ file, text }, faults.flat());
}

function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
