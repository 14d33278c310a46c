import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { makeMirror } from "#simulator/mirror.ts";
import { found } from "#tests/support/found.ts";

const PROVIDERS = join(import.meta.dirname, "../../src/simulator/provider.ts");
const DOCTOR = join(import.meta.dirname, "../../src/commands/doctor.ts");

test.skipIf(found.tofu === null)(
  "the doctor lists the modules that OpenTofu 1.6 cannot run",
  async () => {
    const { PATH = "", HOME = "" } = process.env;
    const dataDir = mkdtempSync(join(tmpdir(), "mcp-doctor-"));
    const env = { PATH, HOME, DATA_DIR: dataDir, TERRAFORM_BIN: found.tofu ?? "" };

    const { stdout } = await promisify(execFile)(process.execPath, [DOCTOR], { env });

    expect(stdout).toMatch(
      /fallback {2}OpenTofu 1\.6\.2 cannot run these modules.*local_app_env \(>= 1\.11\.0, < 2\.0\.0\)/,
    );
    expect(stdout).toContain("Nothing is missing");
  },
);

test.skipIf(found.terraform === null)(
  "with a real cloud the doctor tells which providers runs can install and which they cannot",
  async () => {
    const { PATH = "", HOME = "" } = process.env;
    const dataDir = mkdtempSync(join(tmpdir(), "mcp-doctor-"));
    const mirror = join(dataDir, "providers");
    await makeMirror({ dir: mirror, node: process.execPath, entry: PROVIDERS });
    rmSync(join(mirror, "registry.terraform.io/hashicorp/google"), { recursive: true });
    const env = { PATH, HOME, DATA_DIR: dataDir, CLOUD: "real", CONSOLE: "on" };

    const { stdout } = await promisify(execFile)(process.execPath, [DOCTOR], { env });

    expect(stdout).toContain(
      `ok        Provider hashicorp/aws (>= 6.0.0, < 7.0.0): runs install it from ${mirror}`,
    );
    expect(stdout).toMatch(
      /fallback {2}Provider hashicorp\/google .* cannot be planned.*npm run providers -- sync/,
    );
  },
);
