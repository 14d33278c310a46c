import { setTimeout as sleep } from "node:timers/promises";
import { Router } from "express";
import type { Deployment } from "#deployments/deployment.ts";
import type { Catalogue, Deployments, DriftChecks, Plans, Runs } from "#deployments/ports.ts";
import type { Asked, DeploymentService } from "#deployments/service.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import { readBody, readQuery, type Answer, type Call, type Handler } from "./answering.ts";
import { CancelBody, NewDeployment, NoBody, PlanBody, UnlockBody, VoteBody } from "./bodies.ts";
import { askDrift } from "./drift.ts";
import type { StoredAnswer } from "./ports.ts";
import { CreateQuery, ListQuery, WaitQuery } from "./queries.ts";
import { deploymentLine, deploymentView, planOf, planView, runView } from "./views.ts";

export type DeploymentRoutes = {
  readonly service: DeploymentService;
  readonly deployments: Deployments;
  readonly runs: Runs;
  readonly plans: Plans;
  readonly driftChecks: Pick<DriftChecks, "newest">;
  readonly catalogue: Catalogue;
};

/** The use cases and reads of deployments; every `:id` takes an id or a name. */
export function deploymentRoutes(deps: DeploymentRoutes, answer: Answer): Router {
  const router = Router();
  const post = (path: string, handler: OnSeen) =>
    router.post(`/deployments/:id${path}`, answer("deployments:write", onSeen(deps, handler)));
  const get = (path: string, handler: OnSeen) =>
    router.get(`/deployments/:id${path}`, answer("deployments:read", onSeen(deps, handler)));

  router.post(
    "/deployments",
    answer("deployments:write", (call) => create(deps, call)),
  );
  router.get(
    "/deployments",
    answer("deployments:read", (call) => list(deps, call)),
  );
  get("", (call, now) => shown(deps, call, { status: 200, deployment: now }));
  post("/plan", (call, now) => plan(deps, call, now));
  post("/approve", (call, now) =>
    nothingToSay(call, () => useCase(deps, call, deps.service.askApproval(asked(call), now.id))),
  );
  const voting = onSeen(deps, (call, now) => vote(deps, call, now));
  // The same answer to every machine, whatever its scopes and whatever there is to see.
  router.post(
    "/deployments/:id/vote",
    answer(null, async (call) =>
      call.viewer.kind === "machine" ? refusal("machine-cannot-vote") : voting(call),
    ),
  );
  post("/apply", (call, now) => nothingToSay(call, () => apply(deps, call, now)));
  post("/destroy", (call, now) =>
    nothingToSay(call, () => useCase(deps, call, deps.service.destroy(asked(call), now.id))),
  );
  post("/cancel", (call, now) => cancel(deps, call, now));
  post("/drift", (call, now) => drift(deps, call, now));
  get("/lock", (call, now) => lock(deps, call, now));
  post("/unlock", (call, now) => unlock(deps, call, now));
  get("/plan", (call, now) => shownPlan(call, now));
  get("/events", (_call, now) => events(deps, now));
  return router;
}

type Answered = Promise<StoredAnswer | Refusal>;
type OnSeen = (call: Call, now: Deployment) => Answered;

/** Finds the deployment that the viewer may see; for everybody else there is none. */
function onSeen({ deployments }: DeploymentRoutes, handler: OnSeen): Handler {
  return async (call) => {
    const id = call.params["id"] ?? "";
    const now = await deployments.seen(call.viewer, id);
    return now === null ? refusal("not-found", { id }) : handler(call, now);
  };
}

async function create(deps: DeploymentRoutes, call: Call): Answered {
  const [body, query] = [readBody(NewDeployment, call.body), readQuery(CreateQuery, call.query)];
  if (isRefusal(body)) {
    return body;
  }
  if (isRefusal(query)) {
    return query;
  }
  const { cloud, environment, team, ...rest } = body;
  const made = await deps.service.request(asked(call), {
    ...rest,
    ...(cloud === undefined ? {} : { cloud }),
    ...(environment === undefined ? {} : { environment }),
    ...(team === undefined ? {} : { team }),
  });
  const deployment =
    isRefusal(made) || query.plan !== "true"
      ? made
      : await deps.service.plan(asked(call), made.id, {});
  return isRefusal(deployment)
    ? deployment
    : shown(deps, call, { status: 201, deployment, advised: true });
}

async function list({ deployments, catalogue }: DeploymentRoutes, call: Call): Answered {
  const query = readQuery(ListQuery, call.query);
  if (isRefusal(query)) {
    return query;
  }
  const { cursor, limit, ...wanted } = query;
  const filter = {
    ...(wanted.status === undefined ? {} : { status: wanted.status }),
    ...(wanted.module === undefined ? {} : { module: wanted.module }),
    ...(wanted.requester === undefined ? {} : { requester: wanted.requester }),
    ...(wanted.name === undefined ? {} : { name: wanted.name }),
    ...(wanted.environment === undefined ? {} : { environment: wanted.environment }),
  };
  const page = await deployments.list(call.viewer, filter, { after: cursor ?? null, limit });
  const items = page.items.map((item) =>
    deploymentLine(item, { module: catalogue.module(item.module), lang: call.lang }),
  );
  return { status: 200, body: { items, next: page.next } };
}

async function plan(deps: DeploymentRoutes, call: Call, now: Deployment): Answered {
  const [body, query] = [readBody(PlanBody, call.body), readQuery(WaitQuery, call.query)];
  if (isRefusal(body)) {
    return body;
  }
  if (isRefusal(query)) {
    return query;
  }
  const planning = await deps.service.plan(asked(call), now.id, body.vars);
  if (isRefusal(planning)) {
    return planning;
  }
  const deployment = await planned(deps, call, { planning, waitSeconds: query.wait ?? 0 });
  const status = deployment.change?.state === "planning" ? 202 : 200;
  return shown(deps, call, { status, deployment, advised: true });
}

const LOOK_EVERY_MS = 200;

/** The deployment once its plan is ready or has failed, or as it is when the wait is over. */
async function planned(
  { deployments }: DeploymentRoutes,
  call: Call,
  { planning, waitSeconds }: { planning: Deployment; waitSeconds: number },
): Promise<Deployment> {
  let now = planning;
  const until = performance.now() + waitSeconds * 1000;
  while (now.change?.state === "planning" && performance.now() < until) {
    await sleep(LOOK_EVERY_MS);
    now = (await deployments.seen(call.viewer, now.id)) ?? now;
  }
  return now;
}

async function drift(deps: DeploymentRoutes, call: Call, now: Deployment): Answered {
  const answer = await askDrift(deps, call, now);
  return isRefusal(answer)
    ? answer
    : shown(deps, call, { status: answer.isOver ? 200 : 202, deployment: answer.deployment });
}

async function vote(deps: DeploymentRoutes, call: Call, now: Deployment): Answered {
  const body = readBody(VoteBody, call.body);
  if (isRefusal(body)) {
    return body;
  }
  const change = now.change ?? now.lastChange;
  if (change === null) {
    return refusal("no-plan", { name: now.name });
  }
  const ballot = {
    change: change.id,
    decision: body.decision,
    digest: body.digest,
    reason: body.reason ?? null,
    confirmName: body.confirmName ?? null,
    platform: "api",
    shown: null,
    requestKey: call.requestKey,
  };
  const voted = await deps.service.vote(call.viewer, now.id, ballot);
  return isRefusal(voted) ? voted : shown(deps, call, { status: 200, deployment: voted });
}

async function cancel(deps: DeploymentRoutes, call: Call, { id }: Deployment): Answered {
  const body = readBody(CancelBody, call.body);
  if (isRefusal(body)) {
    return body;
  }
  const wanted = { id, confirmName: body.confirmName ?? null };
  const { service } = deps;
  const answer = body.force
    ? service.forceStop(asked(call), wanted)
    : service.cancel(asked(call), id);
  return useCase(deps, call, answer);
}

async function lock({ service }: DeploymentRoutes, call: Call, { id }: Deployment): Answered {
  const holder = await service.holder(asked(call), id);
  return isRefusal(holder) ? holder : { status: 200, body: holder };
}

async function unlock(deps: DeploymentRoutes, call: Call, { id }: Deployment): Answered {
  const body = readBody(UnlockBody, call.body);
  if (isRefusal(body)) {
    return body;
  }
  const wanted = { id, confirmName: body.confirmName ?? null };
  return useCase(deps, call, deps.service.takeOver(asked(call), wanted));
}

/** The run that the last vote queued: 202 while it is to end, 200 once it has applied the plan. */
async function apply(deps: DeploymentRoutes, call: Call, now: Deployment): Answered {
  const answer = await deps.service.apply(asked(call), now.id);
  if (isRefusal(answer)) {
    return answer;
  }
  const { change, lastChange } = answer;
  const id = change === null ? lastChange?.run : "run" in change ? change.run : null;
  const run = id === null || id === undefined ? null : await deps.runs.load(id);
  if (run === null) {
    return refusal("not-approved", { name: now.name });
  }
  return { status: change === null ? 200 : 202, body: runView(run) };
}

async function shownPlan(call: Call, now: Deployment): Answered {
  const { plan, risk } = planView(now, call.lang);
  return plan === null
    ? refusal("no-plan", { name: now.name })
    : { status: 200, body: { ...plan, risk, changeId: planOf(now)?.change } };
}

async function events({ deployments }: DeploymentRoutes, now: Deployment): Answered {
  return { status: 200, body: { items: await deployments.auditOf(now.id) } };
}

/** A POST without fields: a body that says something is a mistake worth telling. */
async function nothingToSay(call: Call, go: () => Answered): Answered {
  const body = readBody(NoBody, call.body);
  return isRefusal(body) ? body : go();
}

/** 202 while a change goes on by itself, 200 when nothing more happens without people. */
async function useCase(
  deps: DeploymentRoutes,
  call: Call,
  answer: Promise<Deployment | Refusal>,
): Answered {
  const deployment = await answer;
  if (isRefusal(deployment)) {
    return deployment;
  }
  const goesOn = ["planning", "approved", "applying"].includes(deployment.change?.state ?? "");
  return shown(deps, call, { status: goesOn ? 202 : 200, deployment });
}

type ShownOne = {
  readonly status: number;
  readonly deployment: Deployment;
  /** Values were given: the answer says what is odd about them. */
  readonly advised?: boolean;
};

async function shown(
  deps: DeploymentRoutes,
  call: Call,
  { status, deployment, advised = false }: ShownOne,
): Promise<StoredAnswer> {
  const [runs, check, advice] = await Promise.all([
    deps.runs.ofDeployment(deployment.id),
    deps.driftChecks.newest(deployment.id),
    advised ? deps.service.advice(call.viewer, deployment) : [],
  ]);
  const module = deps.catalogue.module(deployment.module);
  const beside = { module, runs, check, advice, lang: call.lang };
  return { status, body: deploymentView(deployment, beside) };
}

function asked({ viewer, lang, requestKey }: Call): Asked {
  return { by: viewer, in: "api", lang, place: null, requestKey };
}
