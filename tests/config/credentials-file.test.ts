import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "#config/config.ts";
import type { CredentialSource } from "#config/credentials-file.ts";
import { StartRefused } from "#config/start-refused.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mcp-credentials-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const file = join(folder, "credentials.yaml");
  writeFileSync(file, text);
  return file;
}

function read(text: string, more: Record<string, string> = {}) {
  const REAL = { CLOUD: "real", CONSOLE: "on" };
  const { cloud, ignoredCredentials } = readConfig({
    ...REAL,
    ...more,
    CREDENTIALS_FILE: fileOf(text),
  });
  return { roles: cloud.is === "real" ? cloud.roles : null, cloud, ignoredCredentials };
}

function refusalOf(text: string, more: Record<string, string> = {}): string {
  try {
    read(text, more);
  } catch (error) {
    return error instanceof StartRefused ? error.message : `not a StartRefused: ${String(error)}`;
  }
  return "started";
}

const DEV = `
version: 1
environments:
  dev:
    aws:
      plan: { environment: { AWS_ACCESS_KEY_ID: DEV_READ_ID, AWS_SECRET_ACCESS_KEY: DEV_READ_SECRET } }
      apply:
        web_identity: { role_arn: "arn:aws:iam::123456789012:role/apply", token_file: /run/token }
    gcp:
      plan: { web_identity: { credentials_file: /run/gcp-plan.json } }
      apply: { vault: { path: gcp/roleset/apply/token } }
`;
const SERVER = {
  DEV_READ_ID: "AKIADEVREAD",
  DEV_READ_SECRET: "read-secret",
  AWS_ACCESS_KEY_ID: "AKIAOFTHESERVER",
  VAULT_ADDR: "http://127.0.0.1:8200",
  VAULT_TOKEN: "hvs.token",
};

/** The variables of a source, in clear; a path of Vault as it is. */
function revealed(source: CredentialSource | undefined) {
  return source?.is === "variables"
    ? Object.fromEntries(
        Object.entries(source.variables).map(([name, value]) => [name, value.reveal()]),
      )
    : source?.path;
}

test("names, for each environment and cloud, who plans and who applies", () => {
  const { roles, cloud, ignoredCredentials } = read(DEV, SERVER);

  const { aws, gcp } = roles?.table.dev ?? {};
  expect([aws?.plan, aws?.apply, gcp?.plan, gcp?.apply].map(revealed)).toEqual([
    { AWS_ACCESS_KEY_ID: "AKIADEVREAD", AWS_SECRET_ACCESS_KEY: "read-secret" },
    {
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/apply",
      AWS_ROLE_SESSION_NAME: "mcp-cloud-platform",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/run/token",
    },
    { GOOGLE_APPLICATION_CREDENTIALS: "/run/gcp-plan.json" },
    "gcp/roleset/apply/token",
  ]);
  expect(cloud).toMatchObject({ vault: { address: "http://127.0.0.1:8200" } });
  expect(ignoredCredentials).toEqual(["AWS_ACCESS_KEY_ID"]);
  expect(JSON.stringify(cloud)).not.toMatch(/read-secret|hvs\.token/);
});

describe("refuses the start with what is wrong", () => {
  const vault = (plan: string, apply: string) =>
    `version: 1\nenvironments:\n  prod:\n    aws: { plan: { vault: { path: ${plan} } }, apply: { vault: { path: ${apply} } } }`;

  test.each([
    ["version: 2\nenvironments: {}", {}, "version"],
    ["version: 1\nenvironments: { qa: {} }", {}, "qa"],
    ["version: [", {}, "cannot be used"],
    ["", {}, "the file: Invalid input"],
    [DEV.replace("/run/token", "token"), SERVER, "token_file: give an absolute path"],
    [DEV.replace(/\{ AWS_ACCESS_KEY_ID.*?\}/, "{}"), SERVER, "a run would have no credentials"],
    [DEV, {}, "environments.dev.aws: DEV_READ_ID is not set"],
    [DEV, { ...SERVER, VAULT_TOKEN: "" }, "VAULT_ADDR and VAULT_TOKEN"],
    [vault("aws/creds/all", "aws/creds/all"), SERVER, "who plans must not be able to apply"],
    [vault("aws/../sys/raw", "aws/creds/apply"), SERVER, "environments.prod.aws.plan"],
    [DEV.replace("AWS_ACCESS_KEY_ID:", "LD_PRELOAD:"), SERVER, "environments.dev.aws.plan"],
    [DEV, { ...SERVER, CLOUD: "" }, "needs"],
  ])("%#", (text, more, named) => {
    const said = refusalOf(text, more);

    expect(said).toContain(named === "needs" ? "set CLOUD=real or unset CREDENTIALS_FILE" : named);
  });

  test("a file that is not there", () => {
    expect(() =>
      readConfig({ CLOUD: "real", CONSOLE: "on", CREDENTIALS_FILE: join(folder, "none.yaml") }),
    ).toThrow("cannot be used (ENOENT");
  });
});
