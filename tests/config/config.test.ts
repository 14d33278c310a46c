import { describe, expect, test } from "vitest";
import { readConfig, type Role } from "#config/config.ts";
import { NOT_YET } from "#config/env.ts";
import { StartRefused } from "#config/start-refused.ts";

function refusalOf(variables: Record<string, string>, role?: Role): string {
  try {
    readConfig(variables, role);
  } catch (error) {
    return error instanceof StartRefused ? error.message : "not a StartRefused";
  }
  return "started";
}

test("with nothing set the product runs locally: embedded database, console, loopback", () => {
  const config = readConfig({});

  expect(config).toMatchObject({
    http: { host: "127.0.0.1", port: 3000, publicUrl: null },
    databaseUrl: null,
    console: true,
    concurrency: 2,
    ignoredCredentials: [],
  });
});

test("an empty variable counts as not set", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "", CONSOLE: "" }).http.port).toBe(3000);
});

test("secrets never show when the configuration is printed", () => {
  const config = readConfig({
    SECRET_KEY: "k".repeat(40),
    DATABASE_URL: "postgres://u:hunter2@db/x",
  });

  const printed = JSON.stringify(config) + String(config.secretKey);

  expect(printed).not.toContain("hunter2");
  expect(printed).not.toContain("kkkk");
});

describe("start-up refuses with one sentence that names the variable", () => {
  test.each([
    [{ PORT: "eighty" }, "PORT"],
    [{ DATABASE_URL: "mysql://x/y" }, "DATABASE_URL"],
    [{ SECRET_KEY: "short" }, "SECRET_KEY"],
    [{ WORKER_CONCURRENCY: "-1" }, "WORKER_CONCURRENCY"],
    [{ CLOUD: "real" }, "CONSOLE=on"],
    [{ CLOUD: "real", CONSOLE: "on", HOST: "0.0.0.0" }, "CONSOLE=on works on loopback only"],
    [{ CLOUD: "simulated", AWS_PROFILE: "prod" }, "AWS_PROFILE"],
    [{ STATE_BACKEND: "s3" }, "STATE_BACKEND=s3"],
    [{ QUEUE: "bull" }, "QUEUE=bull needs REDIS_URL"],
    [{ QUEUE: "postgres" }, "QUEUE=postgres needs DATABASE_URL"],
    [{ QUEUE: "inprocess", REDIS_URL: "redis://r" }, "QUEUE=inprocess would not use it"],
    [{ REDIS_URL: "http://r" }, "REDIS_URL"],
    [{ HOST: "0.0.0.0", CONSOLE: "on" }, "CONSOLE=on"],
    [{ HOST: "0.0.0.0" }, "console is off"],
    [{ CONSOLE: "off" }, "console is off"],
  ])("%o", (variables, named) => {
    expect(refusalOf(variables)).toContain(named);
  });

  test.each(Object.keys(NOT_YET))(
    "%s belongs to a part that this version does not have",
    (name) => {
      expect(refusalOf({ [name]: "x" })).toContain(`${name} is set, but`);
    },
  );
});

describe("the doors", () => {
  test("a file of API tokens opens a door where there is no console", () => {
    const real = readConfig({ CLOUD: "real", API_TOKENS_FILE: "/etc/mcp/tokens.yaml" });
    const off = readConfig({ CONSOLE: "off", API_TOKENS_FILE: "/etc/mcp/tokens.yaml" });
    const local = readConfig({ API_TOKENS_FILE: "/etc/mcp/tokens.yaml" });

    expect([real.console, off.console, local.console]).toEqual([false, false, true]);
    expect(real.apiTokensFile).toBe("/etc/mcp/tokens.yaml");
  });

  test("the built-in people belong to the console: without it the policy is a file", () => {
    const { policyFile } = readConfig({ CLOUD: "real", API_TOKENS_FILE: "/etc/mcp/tokens.yaml" });

    expect(policyFile).toMatch(/terraform\/policy\.yaml$/);
  });
});

test("cloud credentials in the environment are named, so that start-up can say no run sees them", () => {
  expect(readConfig({ AWS_ACCESS_KEY_ID: "AKIA" }).ignoredCredentials).toEqual([
    "AWS_ACCESS_KEY_ID",
  ]);
});

test("a policy file takes the place of the built-in policy", () => {
  expect(readConfig({}).policyFile).toBeNull();
  expect(readConfig({ POLICY_FILE: "/etc/mcp/policy.yaml" }).policyFile).toBe(
    "/etc/mcp/policy.yaml",
  );
});

describe("with CLOUD=real", () => {
  const REAL = { CLOUD: "real", CONSOLE: "on", DATA_DIR: "/data" };

  test("runs of a cloud get that cloud's credentials by name, and nothing else of ours", () => {
    const { cloud, ignoredCredentials } = readConfig({
      ...REAL,
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_SECRET_ACCESS_KEY: "s3cret",
      AWS_MAX_ATTEMPTS: "9",
      GOOGLE_CREDENTIALS: "{}",
      VAULT_TOKEN: "hvs.x",
      SLACK_TOKEN_OF_MINE: "xoxb",
    });

    const names = cloud.is === "real" ? Object.values(cloud.variables).map(Object.keys) : [];
    expect(names).toEqual([["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], ["GOOGLE_CREDENTIALS"]]);
    expect(ignoredCredentials).toEqual(["VAULT_TOKEN"]);
    expect(JSON.stringify(cloud)).not.toContain("s3cret");
  });

  test("a profile is looked for in the home of this process, because a run has its own", () => {
    const { cloud } = readConfig({ ...REAL, AWS_PROFILE: "team", HOME: "/home/ops" });

    const aws = cloud.is === "real" ? cloud.variables.aws : {};
    expect(aws["AWS_CONFIG_FILE"]?.reveal()).toBe("/home/ops/.aws/config");
    expect(aws["AWS_SHARED_CREDENTIALS_FILE"]?.reveal()).toBe("/home/ops/.aws/credentials");
  });

  test("providers come from PROVIDERS_DIR, by default a folder of DATA_DIR", () => {
    const usual = readConfig(REAL).providersDir;
    const own = readConfig({ ...REAL, PROVIDERS_DIR: "/mirror" }).providersDir;

    expect([usual, own]).toEqual(["/data/providers", "/mirror"]);
  });
});

describe("where modules come from", () => {
  test("our own folder, or the one that is named", () => {
    const own = readConfig({}).modules;
    const named = readConfig({ MODULES_SOURCE: "/srv/modules" }).modules;

    expect(own).toMatchObject({ is: "folder", ref: null });
    expect(named).toEqual({ is: "folder", folder: "/srv/modules", ref: null, consents: [] });
  });

  test("a repository gets the home and the proxy of this process, and no credentials", () => {
    const { modules } = readConfig({
      MODULES_SOURCE: "https://example.org/modules.git",
      MODULES_REF: "v3",
      HOME: "/home/ops",
      HTTPS_PROXY: "http://proxy:3128",
      AWS_SECRET_ACCESS_KEY: "hidden",
    });

    expect(modules).toEqual({
      is: "git",
      url: "https://example.org/modules.git",
      ref: "v3",
      consents: [],
      environment: { HOME: "/home/ops", HTTPS_PROXY: "http://proxy:3128" },
    });
  });

  test("MODULES_EXEMPT names a module and the rule, and nothing wider", () => {
    const { consents } = readConfig({
      MODULES_EXEMPT: "local_app_env:no-provisioner, own:no-provisioner",
    }).modules;

    expect(consents).toEqual(["local_app_env:no-provisioner", "own:no-provisioner"]);
    expect(() => readConfig({ MODULES_EXEMPT: "*:no-provisioner" })).toThrow(
      "MODULES_EXEMPT is set",
    );
    expect(() => readConfig({ MODULES_EXEMPT: "local_app_env" })).toThrow("name:no-provisioner");
  });

  test.each(["ext::sh -c id", "git@example.org:modules.git", "file:///etc"])(
    "%s is an address, which the runner judges, and never a folder",
    (source) => {
      expect(readConfig({ MODULES_SOURCE: source }).modules.is).toBe("git");
    },
  );
});

test.each([
  [{}, "inprocess"],
  [{ DATABASE_URL: "postgres://db/x" }, "inprocess"],
  [{ DATABASE_URL: "postgres://db/x", QUEUE: "postgres" }, "postgres"],
  [{ REDIS_URL: "rediss://u:hunter2@r/1" }, "bull"],
])("%o chooses the queue %s", (variables, is) => {
  const config = readConfig(variables);

  expect(config.queue.is).toBe(is);
  expect(JSON.stringify(config)).not.toContain("hunter2");
});

describe("a worker without doors", () => {
  const shared = { DATABASE_URL: "postgres://db/x", REDIS_URL: "redis://r" };

  test("starts on the database and the queue that others use too", () => {
    expect(readConfig({ ...shared, CONSOLE: "off" }, "worker").role).toBe("worker");
  });

  test.each([
    [{}, "set DATABASE_URL"],
    [{ DATABASE_URL: "postgres://db/x" }, "set REDIS_URL or QUEUE=postgres"],
    [{ ...shared, WORKER_CONCURRENCY: "0" }, "nothing to do"],
  ])("is refused with %o", (variables, named) => {
    expect(refusalOf(variables, "worker")).toContain(named);
  });
});
