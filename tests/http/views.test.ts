import { expect, test } from "vitest";
import type { EndedChange } from "#deployments/change.ts";
import { ChangeId, DeploymentId, PersonId } from "#deployments/ids.ts";
import type { Deployment, Standing } from "#deployments/deployment.ts";
import type { Module } from "#deployments/ports.ts";
import { deploymentView } from "#http/views.ts";
import { MODULE } from "#tests/support/deployments.ts";

const deployment: Deployment = {
  id: DeploymentId.parse("dep-aaaaaaaaaa"),
  name: "shop",
  cloud: "local",
  module: MODULE.name,
  environment: "dev",
  team: null,
  requester: PersonId.parse("dev"),
  lang: "en",
  vars: { size: "small", password: "hunter2" },
  standing: { is: "nothing" },
  pin: null,
  change: null,
  lastChange: null,
  outputs: [],
  resources: [],
  places: [],
  simulated: false,
  stateBackend: { is: "http" },
  createdAt: new Date(0),
  revision: 1,
};

function variable(name: string, sensitive: boolean): Module["variables"][number] {
  return {
    name,
    description: "",
    required: true,
    nullable: false,
    advanced: false,
    sensitive,
    type: "string",
    schema: { type: "string" },
    default: null,
    label: { en: name, ko: name },
    choices: [],
  };
}

const module = { ...MODULE, variables: [variable("size", false), variable("password", true)] };
const beside = { runs: [], check: null, advice: [], lang: "en" } as const;

test("the value of a sensitive variable is not shown", () => {
  const view = deploymentView(deployment, { ...beside, module });

  expect(view.vars).toEqual({ size: "small", password: "[hidden]" });
});

test("without its module no value is shown, because any could be sensitive", () => {
  const view = deploymentView(deployment, { ...beside, module: null });

  expect(view.vars).toEqual({ size: "[hidden]", password: "[hidden]" });
});

test("the module of the last apply is named beside the one of the plan", () => {
  const pin = { commit: "1a2b3c4", version: "1.2.0", tree: "t" };

  const never = deploymentView(deployment, { ...beside, module });
  const applied = deploymentView({ ...deployment, pin }, { ...beside, module });

  expect(never).toMatchObject({ moduleCommit: null, moduleVersion: null });
  expect(applied).toMatchObject({ moduleCommit: "1a2b3c4", moduleVersion: "1.2.0" });
});

test("an uncertain standing names its addresses", () => {
  const address = { address: "x.y", found: "started", id: null } as const;
  const standing: Standing = { is: "uncertain", intent: "apply", addresses: [address] };

  const view = deploymentView({ ...deployment, standing }, { ...beside, module });

  expect(view).toMatchObject({
    status: "interrupted",
    standing: "uncertain",
    uncertain: [address],
  });
});

test("a plan that failed is told in Terraform's words first, then in ours", () => {
  const error = "Error: Unsupported argument";
  const lastChange: EndedChange = {
    id: ChangeId.parse("chg-aaaaaaaaaa"),
    kind: "create",
    vars: {},
    requester: deployment.requester,
    tokenOwner: null,
    askedIn: "api",
    lang: "en",
    requestKey: null,
    openedAt: new Date(0),
    state: "ended",
    outcome: "failed",
    reason: { code: "plan-failed", params: { error } },
    plan: null,
    votes: [],
    asking: null,
    run: null,
    endedAt: new Date(0),
  };
  const applying = { ...lastChange, reason: { code: "failed", params: { error } } };

  const [planned, applied] = [lastChange, applying].map((change) =>
    deploymentView({ ...deployment, lastChange: change }, { ...beside, module }),
  );

  expect(planned?.lastChange?.reason).toMatch(/^Error: Unsupported argument\nTerraform could not/);
  expect(applied?.lastChange?.reason).toBe(error);
});
