import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@cdktn/hcl2json";
import { parseDocument } from "yaml";
import { z } from "zod";
import { Json } from "#deployments/change.ts";
import { BrokenModule } from "./broken-module.ts";
import { isRecord } from "./value-type.ts";

/** One file that Terraform or OpenTofu would read, in the shape of `*.tf.json`. */
export type TerraformFile = {
  readonly file: string;
  readonly text: string;
  readonly body: { readonly [kind: string]: Json };
};

const Body = z.record(z.string(), z.json());

/** Every file of a folder that Terraform or OpenTofu would read; throws BrokenModule. */
export async function readTerraformFiles(folder: string): Promise<readonly TerraformFile[]> {
  const names = (await namesIn(folder)).filter((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
  return Promise.all(
    names.toSorted().map(async (name) => {
      const file = join(folder, name);
      const text = await readFile(file, "utf8");
      return {
        file,
        text,
        body: name.endsWith(".json") ? bodyOf(file, text) : await hcl(file, text),
      };
    }),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new BrokenModule({ file: folder, line: 0 }, { code: "missing-file" }, { cause });
  }
}

/** Labels with what stands under them, however many lists the language or its JSON form put around. */
export function labelled(value: Json | undefined): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) {
    return value.flatMap(labelled);
  }
  return value !== undefined && isRecord(value) ? Object.entries(value) : [];
}

/** The bodies of a block, in one list. */
export function bodiesOf(value: Json | undefined): readonly { readonly [key: string]: Json }[] {
  if (Array.isArray(value)) {
    return value.flatMap(bodiesOf);
  }
  return value !== undefined && isRecord(value) ? [value] : [];
}

async function hcl(file: string, text: string): Promise<TerraformFile["body"]> {
  try {
    return Body.parse(await parse(file, text));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new BrokenModule({ file, line: 0 }, { code: "not-hcl", params: { problem } }, { cause });
  }
}

function bodyOf(file: string, text: string): TerraformFile["body"] {
  try {
    const body = Body.parse(JSON.parse(text));
    // JSON.parse forgets all but the last of equal keys; Terraform reads every one of them.
    const [error] = parseDocument(text, { uniqueKeys: true }).errors;
    if (error !== undefined) {
      throw error;
    }
    return body;
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "";
    throw new BrokenModule({ file, line: 0 }, { code: "not-json", params: { problem } }, { cause });
  }
}
