import { PersonId } from "#deployments/ids.ts";
import type { Speaker } from "#agent/ports.ts";
import type { ToolParts } from "#agent/tools/parts.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { DeploymentId } from "#deployments/ids.ts";
import type { Catalogue } from "#deployments/ports.ts";
import type { DeploymentService } from "#deployments/service.ts";
import type { Role, Viewer } from "#deployments/viewer.ts";
import { refusal } from "#text/refusal.ts";

export function viewer(roles: readonly Role[], person = "dev"): Viewer {
  return {
    person: PersonId.parse(person),
    name: person,
    roles,
    teams: ["dev-team"],
    groups: ["dev-team"],
    kind: "person",
  };
}

export function speaker(roles: readonly Role[] = ["requester"], person = "dev"): Speaker {
  return {
    viewer: viewer(roles, person),
    lang: "en",
    place: { platform: "console", conversation: "console", thread: "t1" },
    requestKey: "inbox-1",
  };
}

export function deployment(name: string, more: Partial<Deployment> = {}): Deployment {
  return {
    id: DeploymentId.parse("dep-aaaaaaaaaa"),
    name,
    cloud: "local",
    module: "local_app_env",
    environment: "dev",
    team: "dev-team",
    requester: PersonId.parse("dev"),
    lang: "en",
    vars: {},
    standing: { is: "nothing" },
    change: null,
    lastChange: null,
    outputs: [],
    resources: [],
    places: [],
    simulated: false,
    stateBackend: { is: "http" },
    pin: null,
    createdAt: new Date("2026-11-21T00:00:00Z"),
    revision: 1,
    ...more,
  };
}

export const LANGS = ["en", "ko"] as const;

export const EMPTY_CATALOGUE: Catalogue = {
  modules: () => [],
  module: () => null,
  check: () => [],
};

/** Every use case answers a deployment; nothing is found until a test says so. */
export function fakeParts(more: Partial<ToolParts> = {}): ToolParts {
  return {
    service: fakeService(),
    deployments: {
      seen: async () => null,
      list: async () => ({ items: [], next: null }),
    },
    runs: { ofDeployment: async () => [], events: async () => [] },
    catalogue: EMPTY_CATALOGUE,
    lessons: {
      syllabus: () => ({ title: "", parts: [] }),
      search: () => [],
      progress: async () => ({ done: 0, total: 0, lessons: [], next: null }),
    },
    about: { model: "scripted", offline: false },
    ...more,
  };
}

export function fakeService(more: Partial<DeploymentService> = {}): DeploymentService {
  const answer = async () => deployment("shop");
  return {
    request: async (_asked, { name }) => deployment(name),
    plan: answer,
    askApproval: async () => refusal("not-found"),
    vote: async () => refusal("not-found"),
    apply: async () => refusal("not-found"),
    destroy: answer,
    cancel: answer,
    forceStop: answer,
    holder: async () => refusal("not-found"),
    takeOver: answer,
    advice: async () => [],
    fix: answer,
    drift: answer,
    repair: answer,
    ...more,
  };
}
