import { spawn, type ChildProcess } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { openCloud, type Cloud } from "#simulator/cloud.ts";
import { makeMirror } from "#simulator/mirror.ts";
import { found } from "#tests/support/found.ts";

const SOURCES = join(import.meta.dirname, "../../src/simulator");
const FIXTURES = join(import.meta.dirname, "../fixtures/simulator");

/** Exit code and both outputs; `prose` is the text as one line, because Terraform wraps sentences. */
export type Ended = { readonly code: number | null; readonly text: string; readonly prose: string };

/** A working folder with real Terraform, the simulated providers, and a cloud of its own. */
export type Stage = {
  readonly folder: string;
  readonly cloudDir: string;
  readonly aws: Cloud;
  terraform(...args: readonly string[]): Promise<Ended>;
  /** Starts Terraform in a process group of its own. */
  start(...args: readonly string[]): {
    readonly child: ChildProcess;
    readonly ended: Promise<Ended>;
  };
  /** Replaces the configuration. */
  write(hcl: string): void;
  /** Switches of the cloud named. */
  knobs(cloud: "aws" | "google", knobs: object): void;
  /** What Terraform found wrong with a provider's answers and let pass. */
  tolerated(): string[];
  /** Files of all objects, as `type/id`. */
  objects(): string[];
  dispose(): void;
};

let shared: string | null = null;

/** One mirror for all tests of a file: making it compiles the provider. */
async function mirror(): Promise<string> {
  if (shared === null) {
    shared = join(mkdtempSync(join(tmpdir(), "mcp-mirror-")), "providers");
    await makeMirror({ dir: shared, node: process.execPath, entry: join(SOURCES, "provider.ts") });
  }
  return shared;
}

export async function openStage(fixture: string | null = null): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), "mcp-sim-"));
  const [folder, cloudDir, rc] = [join(root, "work"), join(root, "cloud"), join(root, "rc")];
  mkdirSync(folder);
  mkdirSync(cloudDir);
  if (fixture !== null) {
    cpSync(join(FIXTURES, fixture), folder, { recursive: true });
  }
  const providers = JSON.stringify(await mirror());
  writeFileSync(rc, `provider_installation {\n filesystem_mirror {\n path = ${providers}\n }\n}\n`);
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: root,
    TF_CLI_CONFIG_FILE: rc,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    TF_DISABLE_PLUGIN_TLS: "1",
    MCP_SIMULATED: "1",
    SIM_CLOUD_DIR: cloudDir,
    TF_LOG: "WARN",
    TF_LOG_PATH: join(root, "log"),
  };
  const start: Stage["start"] = (...args) => launch({ folder, env, args });
  return {
    folder,
    cloudDir,
    aws: openCloud(join(cloudDir, "aws")),
    start,
    terraform: (...args) => start(...args).ended,
    write: (hcl) => writeFileSync(join(folder, "main.tf"), `${HEAD}${hcl}`),
    knobs: (cloud, knobs) => {
      mkdirSync(join(cloudDir, cloud), { recursive: true });
      writeFileSync(join(cloudDir, cloud, "knobs.json"), JSON.stringify(knobs));
    },
    tolerated: () => readFileSync(join(root, "log"), "utf8").match(/^ +- .*/gm) ?? [],
    objects: () =>
      readdirSync(cloudDir, { recursive: true, encoding: "utf8" })
        .filter((name) => name.split("/").length === 3 && name.endsWith(".json"))
        .map((name) => decodeURIComponent(name.slice(name.indexOf("/") + 1, -".json".length)))
        .sort(),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

export const HEAD = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}
provider "aws" { region = "ap-northeast-2" }
`;

type Launch = {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
};

function launch({ folder, env, args }: Launch): ReturnType<Stage["start"]> {
  const child = spawn(found.terraform ?? "terraform", args, {
    cwd: folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...plain(text) }));
  });
  return { child, ended };
}

function plain(colored: string): Omit<Ended, "code"> {
  const text = stripVTControlCharacters(colored);
  return { text, prose: text.replace(/[\s│╷╵]+/g, " ") };
}
