import { expect, test } from "vitest";
import { readConfig } from "#config/config.ts";
import { productionRefusals, refuseStandIns, type Machine } from "#config/production.ts";
import { StartRefused } from "#config/start-refused.ts";

/** Everything that production asks for. */
const WHOLE = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://db/x",
  SECRET_KEY: "k".repeat(40),
  CLOUD: "real",
  MODEL: "offline",
  API_TOKENS_FILE: "/etc/mcp/tokens.yaml",
};
const MACHINE: Machine = { shells: "bubblewrap", runs: "bubblewrap" };
const OPEN: Machine = { shells: "just-bash", runs: "none" };

function refused(variables: Readonly<Record<string, string>>, machine = MACHINE) {
  return productionRefusals(readConfig(variables), machine);
}

test("production starts on real parts, for the whole network, without a console", () => {
  const config = readConfig(WHOLE);

  expect(productionRefusals(config, MACHINE)).toEqual([]);
  expect(config).toMatchObject({ production: true, console: false, http: { host: "0.0.0.0" } });
  expect(config.policyFile).toMatch(/terraform\/policy\.yaml$/);
});

test.each([
  ["CLOUD", "simulated-cloud"],
  ["DATABASE_URL", "embedded-database"],
  ["SECRET_KEY", "generated-key"],
  ["MODEL", "offline-model"],
])("without %s production refuses %s, and nothing else", (name, code) => {
  expect(refused({ ...WHOLE, [name]: "" })).toEqual([code]);
});

test.each([
  [{ CLOUD: "simulated" }, MACHINE, "simulated-cloud"],
  [{ CONSOLE: "on" }, MACHINE, "console"],
  [{ CONSOLE: "on", HOST: "127.0.0.1" }, MACHINE, "console"],
  [{}, { ...MACHINE, shells: "just-bash" }, "just-bash"],
  [{}, { ...MACHINE, runs: "none" }, "open-runs"],
] as const)("%o on %o is refused as %s, and as nothing else", (more, machine, code) => {
  expect(refused({ ...WHOLE, ...more }, machine)).toEqual([code]);
});

test("production without a token starts: nobody can come in, and nothing stands in for anything", () => {
  expect(refused({ ...WHOLE, API_TOKENS_FILE: "" })).toEqual([]);
});

test("where runs are executed elsewhere, nothing has to shut them in here", () => {
  expect(refused(WHOLE, { ...MACHINE, runs: "elsewhere" })).toEqual([]);
});

test("CONSOLE=off says what production is anyway", () => {
  expect(refused({ ...WHOLE, CONSOLE: "off" })).toEqual([]);
});

test("a bare NODE_ENV=production is told everything that it lacks at once, a sentence a line", () => {
  const config = readConfig({ NODE_ENV: "production", CONSOLE: "on" });

  const start = () => refuseStandIns(config, OPEN);

  expect(start).toThrow(StartRefused);
  for (const named of [
    "CLOUD=real",
    "PGlite",
    "CONSOLE=on",
    "SECRET_KEY",
    "MODEL=offline",
    "just-bash",
    "Runs without isolation",
  ]) {
    expect(start).toThrow(named);
  }
});

test("outside production stand-ins are what one starts with", () => {
  expect(() => refuseStandIns(readConfig({}), OPEN)).not.toThrow();
});
