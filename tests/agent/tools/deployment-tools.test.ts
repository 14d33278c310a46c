import { expect, test } from "vitest";
import { openRegistry } from "#agent/tools/registry.ts";
import { platformTools } from "#agent/tools/platform-tools.ts";
import type { ToolParts } from "#agent/tools/parts.ts";
import type { Deployment, Place } from "#deployments/deployment.ts";
import { ChangeId, DeploymentId, PersonId, RunId } from "#deployments/ids.ts";
import type { Run, RunEvent } from "#deployments/run.ts";
import type { Request } from "#deployments/service.ts";
import { refusal } from "#text/refusal.ts";
import { deployment, fakeParts, fakeService, speaker } from "#tests/agent/agent-fixtures.ts";

function callWith(parts: Partial<ToolParts>) {
  const registry = openRegistry(platformTools(fakeParts(parts)));
  return (name: string, input: unknown) => registry.call(speaker(["requester"]), name, input);
}

const CHANGE: NonNullable<Deployment["change"]> = {
  id: ChangeId.parse("chg-aaaaaaaaaa"),
  kind: "create",
  vars: {},
  requester: PersonId.parse("dev"),
  tokenOwner: null,
  askedIn: "chat",
  lang: "en",
  requestKey: null,
  openedAt: new Date(0),
  state: "planning",
  run: RunId.parse("run-aaaaaaaaaa"),
};

const elsewhere: Place = { platform: "console", conversation: "console", thread: "other" };

/** A deployment store that knows one name. */
function knowing(name: string): Pick<ToolParts, "deployments"> {
  return {
    deployments: {
      seen: async (_viewer, asked) => (asked === name ? deployment(name) : null),
      list: async () => ({ items: [deployment(name)], next: null }),
    },
  };
}

test("create asks for the deployment and its plan at once, and lets the progress card speak", async () => {
  const steps: unknown[] = [];
  const call = callWith({
    service: fakeService({
      request: async (asked, request) => {
        steps.push([asked.in, asked.requestKey, request.name, request.environment]);
        return deployment(request.name);
      },
      plan: async (asked, id, vars) => {
        steps.push([asked.requestKey, id, vars]);
        return deployment("shop", { change: CHANGE, places: [asked.place ?? elsewhere] });
      },
    }),
  });

  const outcome = await call("create_deployment", {
    module: "m",
    name: "shop",
    environment: "stg",
  });

  expect(steps).toEqual([
    ["chat", "inbox-1:request", "shop", "stg"],
    ["inbox-1:plan", "dep-aaaaaaaaaa", {}],
  ]);
  expect(outcome).toMatchObject({
    shown: { show: "nothing" },
    data: { name: "shop", status: "planning" },
  });
});

test("asked for in another thread than the deployment's own, the deployment is shown there", async () => {
  const call = callWith({
    ...knowing("shop"),
    service: fakeService({
      plan: async () => deployment("shop", { change: CHANGE, places: [elsewhere] }),
    }),
  });

  const outcome = await call("plan_deployment", { deployment: "shop" });

  expect(outcome).toMatchObject({ shown: { show: "deployment", deployment: { name: "shop" } } });
});

test("a name that is made takes the next number while it is taken; a name that was given does not", async () => {
  const asked: string[] = [];
  const service = fakeService({
    request: async (_asked, { name }: Request) => {
      asked.push(name);
      return asked.length < 3 ? refusal("name-taken", { name }) : deployment(name);
    },
  });

  await callWith({ service })("create_deployment", { module: "local_x", environment: "prod" });
  const made = asked.splice(0);
  const given = await callWith({ service })("create_deployment", {
    module: "local_x",
    name: "shop",
  });

  expect(made).toEqual(["prod-deployment", "prod-deployment-2", "prod-deployment-3"]);
  expect(asked).toEqual(["shop"]);
  expect(given).toMatchObject({ code: "name-taken" });
});

test("a refusal of the service is the tool's answer", async () => {
  const call = callWith({
    service: fakeService({
      request: async () => refusal("not-found", { what: "module", id: "m" }),
    }),
  });

  const outcome = await call("create_deployment", { module: "m", name: "shop" });

  expect(outcome).toMatchObject({ refused: true, code: "not-found" });
});

test.each([
  "get_deployment",
  "get_logs",
  "plan_deployment",
  "cancel_deployment",
  "destroy_deployment",
])("%s refuses a deployment that the speaker may not see", async (name) => {
  const outcome = await callWith(knowing("shop"))(name, { deployment: "other" });

  expect(outcome).toMatchObject({ code: "not-found", params: { id: "other" } });
});

test("a destroy that opens no change shows the deployment instead", async () => {
  const call = callWith({
    ...knowing("shop"),
    service: fakeService({
      destroy: async () => deployment("shop", { standing: { is: "destroyed" } }),
    }),
  });

  const outcome = await call("destroy_deployment", { deployment: "shop" });

  expect(outcome).toMatchObject({ shown: { show: "deployment" }, data: { status: "destroyed" } });
});

test("the list leaves out what is destroyed and other environments, over all pages", async () => {
  const pages = [
    { items: [deployment("a"), deployment("b", { environment: "stg" })], next: "2" },
    { items: [deployment("c", { environment: "stg", standing: { is: "destroyed" } })], next: "3" },
    { items: [deployment("d", { environment: "stg" })], next: null },
  ];
  let page = 0;
  const call = callWith({
    deployments: {
      seen: async () => null,
      list: async () => pages[page++] ?? { items: [], next: null },
    },
  });

  const outcome = await call("list_deployments", { environment: "stg" });

  expect(
    "shown" in outcome &&
      outcome.shown.show === "status" &&
      outcome.shown.deployments.map(({ name }) => name),
  ).toEqual(["b", "d"]);
});

test("a sensitive output and the values of variables are not in what the model reads", async () => {
  const call = callWith({
    deployments: {
      seen: async () =>
        deployment("shop", {
          vars: { password: "canary-1" },
          outputs: [{ name: "token", value: "canary-2", sensitive: true }],
        }),
      list: async () => ({ items: [], next: null }),
    },
  });

  const outcome = await call("get_deployment", { deployment: "shop" });

  expect("data" in outcome && JSON.stringify(outcome.data)).not.toContain("canary");
});

test("the log shown is the end of the newest run", async () => {
  const asked: unknown[] = [];
  const lines: RunEvent[] = Array.from({ length: 700 }, (_, at) => ({
    seq: at + 1,
    at: new Date(0),
    type: "text",
    message: `line ${at + 1}`,
    address: null,
  }));
  const call = callWith({
    ...knowing("shop"),
    runs: {
      ofDeployment: async () => [aRun("run-aaaaaaaaaa", 1), aRun("run-bbbbbbbbbb", 2)],
      events: async (run, after, limit) => {
        asked.push(run);
        return lines.slice(after, after + limit);
      },
    },
  });

  const outcome = await call("get_logs", { deployment: "shop" });

  const shown = "shown" in outcome && outcome.shown.show === "logs" ? outcome.shown.events : [];
  expect(new Set(asked)).toEqual(new Set(["run-bbbbbbbbbb"]));
  expect(shown.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, at) => 671 + at));
});

test("without a run there is no log, and the refusal says what to do", async () => {
  const outcome = await callWith(knowing("shop"))("get_logs", { deployment: "shop" });

  expect(outcome).toMatchObject({ code: "no-run-yet", params: { name: "shop" } });
});

function aRun(id: string, queuedAtMs: number): Run {
  return {
    id: RunId.parse(id),
    kind: "plan",
    deployment: DeploymentId.parse("dep-aaaaaaaaaa"),
    change: CHANGE.id,
    requester: CHANGE.requester,
    status: "done",
    fence: 1,
    attempts: 1,
    worker: null,
    process: null,
    outputOffset: 0,
    progress: { done: 0, total: 0, current: null, inFlight: 0 },
    cancelRequested: false,
    ahead: null,
    queuedAt: new Date(queuedAtMs),
    startedAt: null,
    endedAt: null,
  };
}
