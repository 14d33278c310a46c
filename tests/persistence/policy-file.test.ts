import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PersonId } from "#deployments/ids.ts";
import { LOCAL_POLICY, teamRules, viewerOf } from "#deployments/policy.ts";
import { regionProblems } from "#deployments/policy-regions.ts";
import { openPolicyFile, PolicyFileWrong, readPolicy } from "#persistence/policy-file.ts";
import { openRegions } from "#persistence/regions-file.ts";
import { SILENT, type Log } from "#telemetry/log.ts";
import { until } from "#tests/support/until.ts";

const TERRAFORM = join(import.meta.dirname, "../../terraform");
const REGIONS = openRegions(join(TERRAFORM, "regions.yaml"));
const GOOD = `
people: { ann: { name: Ann, console: ann } }
groups: { web: { members: [ann], team: true, roles: [requester] } }
teams: { web: { region: { aws: ap-northeast-2 }, residency: kr } }
`;

describe("the policy file", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mcp-policy-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function written(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  test("the shipped example and the built-in policy pass", () => {
    const shipped = readPolicy(join(TERRAFORM, "policy.yaml"), REGIONS);

    expect(teamRules(shipped, "shop")?.residency).toEqual({ in: "kr", outside: "warn" });
    expect(regionProblems(LOCAL_POLICY, REGIONS.all())).toEqual([]);
  });

  test("an edit counts without a restart, also one that replaces the file", async () => {
    const file = written("edited.yaml", GOOD);
    using policy = openPolicyFile(file, { regions: REGIONS, log: SILENT, everyMs: 20 });

    const moved = written("next.yaml", GOOD.replace("name: Ann", "name: Anna"));
    renameSync(moved, file);

    const nameNow = () => viewerOf(policy.current(), PersonId.parse("ann"))?.name;
    await until("the edit", () => nameNow() === "Anna");
  });

  test("a rule that asks for more votes than people may give is warned of", () => {
    const told: object[] = [];
    const log: Log = { ...SILENT, warn: (facts) => void told.push(facts) };
    const file = written("few.yaml", GOOD);

    using _policy = openPolicyFile(file, { regions: REGIONS, log });

    expect(told).toEqual([expect.objectContaining({ file, rule: "default", people: 0 })]);
  });

  test("a broken edit keeps the last good policy and says so", async () => {
    const said: string[] = [];
    const log: Log = { ...SILENT, error: (_facts, message) => void said.push(message) };
    const file = written("broken.yaml", GOOD);
    using policy = openPolicyFile(file, { regions: REGIONS, log, everyMs: 20 });
    const before = policy.current();

    written("broken.yaml", "people: {");
    await until("the complaint", () => said.length > 0);

    expect(policy.current()).toBe(before);
    expect(said).toEqual(["the edited policy is broken; the last good one stays"]);
  });

  test.each([
    ["a file that is none", null, "ENOENT"],
    ["broken YAML", "people: {", "Flow map"],
    ["an unknown key", `${GOOD}\nowners: []`, "owners"],
    ["a member that is nobody", GOOD.replace("members: [ann]", "members: [bob]"), "bob is not"],
    ["a team that is no group", GOOD.replace("teams: { web", "teams: { nobody"), "teams.nobody"],
    ["a region of another cloud", GOOD.replace("ap-northeast-2", "asia-northeast3"), "teams.web"],
    ["a residency that is nowhere", GOOD.replace("residency: kr", "residency: mars"), "mars"],
    ["an allowed region that is none", `${GOOD}\nregions: { gcp: [seoul] }`, "seoul"],
    ["a team outside the allowed", `${GOOD}\nregions: { aws: [us-east-1] }`, "not among"],
    [
      "two people with one id",
      GOOD.replace("people: {", "people: { eve: { name: Eve, console: ann }, "),
      "has the same id",
    ],
  ])("%s is refused, and the sentence names it", (name, text, named) => {
    const file = text === null ? join(folder, "none.yaml") : written(`${name}.yaml`, text);

    const read = () => readPolicy(file, REGIONS);

    expect(read).toThrow(PolicyFileWrong);
    expect(read).toThrow(named);
  });
});
