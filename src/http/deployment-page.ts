import { Router, type Request, type Response } from "express";
import type { AuditEvent } from "#deployments/ports.ts";
import type { Deployment } from "#deployments/deployment.ts";
import { ChangeId, PersonId } from "#deployments/ids.ts";
import { viewerOf, type PolicySource } from "#deployments/policy.ts";
import type { Viewer } from "#deployments/viewer.ts";
import type { Sandbox } from "#sandbox/session.ts";
import { DEPLOYMENT_PAGE } from "#text/deployment-page.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Address } from "./auth.ts";
import type { DeploymentRoutes } from "./deployments.ts";
import { logsRoute } from "./logs.ts";
import { PAGE_HEADERS, type Pages } from "./pages.ts";
import { personCookie } from "./person-cookie.ts";
import { planRows, type PlanRow } from "./plan-tree.ts";
import { languageAccepted, problemOf, sendProblem, type WordProblem } from "./problem.ts";
import { deploymentView } from "./views.ts";

export type DeploymentPage = Omit<DeploymentRoutes, "service"> & {
  readonly sandbox: Pick<Sandbox, "person">;
  readonly policy: PolicySource;
  readonly pages: Pages;
  readonly address: Address;
  readonly wordProblem: WordProblem;
};

type View = ReturnType<typeof deploymentView>;

/** Without what may be ten thousand rows: the page asks every 3 s, and for the plan once. */
type PageDeployment = Omit<View, "plan" | "resources"> & {
  readonly plan: Pick<NonNullable<View["plan"]>, "digest"> | null;
};

/** What `GET /d/:id/about` answers to the page. */
export type PageAbout = {
  readonly deployment: PageDeployment;
  readonly events: readonly (AuditEvent & { at: Date })[];
  /** Names of people by id. */
  readonly names: Readonly<Record<string, string>>;
};

/** What `GET /d/:id/plans/:change` answers. */
export type PagePlan = { readonly rows: readonly PlanRow[]; readonly text: string };

/** One deployment for a person who came by a personal link; rights are read at each request. */
export function deploymentPage(door: DeploymentPage): Router {
  const router = Router();
  const identify = (request: { readonly headers: Request["headers"] }) => personOf(door, request);
  router.get("/d/:id", (request, response) => {
    // The same bytes for everybody; the script asks for what this person may see.
    const lang = languageAccepted(request.headers["accept-language"]);
    const page = { entry: "deployment", title: DEPLOYMENT_PAGE.title[lang], lang } as const;
    response.set(PAGE_HEADERS).send(door.pages.html(page));
  });
  router.get("/d/:id/about", (request, response) =>
    answer(door, { request, response, work: about }),
  );
  router.get("/d/:id/plans/:change", (request, response) =>
    answer(door, { request, response, work: plan }),
  );
  router.get("/d/:id/log", logsRoute({ ...door, identify }));
  return router;
}

type Asking = {
  readonly viewer: Viewer;
  readonly deployment: Deployment;
  readonly lang: Lang;
  readonly params: Request["params"];
};

type Work = (door: DeploymentPage, asking: Asking) => Promise<object | Refusal>;

async function answer(
  door: DeploymentPage,
  { request, response, work }: { request: Request; response: Response; work: Work },
): Promise<void> {
  const lang = languageAccepted(request.headers["accept-language"]);
  const found = await seen(door, request);
  const body = isRefusal(found)
    ? found
    : await work(door, { ...found, lang, params: request.params });
  if (isRefusal(body)) {
    sendProblem(response, problemOf(body, lang, door.wordProblem), lang);
    return;
  }
  response.set("cache-control", "no-store").json(body);
}

async function seen(
  door: DeploymentPage,
  request: Request,
): Promise<Pick<Asking, "viewer" | "deployment"> | Refusal> {
  const viewer = await personOf(door, request);
  if (isRefusal(viewer)) {
    return viewer;
  }
  const id = String(request.params["id"]);
  const deployment = await door.deployments.seen(viewer, id);
  return deployment === null ? refusal("not-found", { id }) : { viewer, deployment };
}

/** Whoever spent a personal link in this browser, as the policy knows them at this moment. */
async function personOf(
  { sandbox, policy, address }: DeploymentPage,
  { headers }: { readonly headers: Request["headers"] },
): Promise<Viewer | Refusal> {
  const person = await sandbox.person(personCookie(headers.cookie, address));
  const viewer = person === null ? null : viewerOf(policy.current(), PersonId.parse(person));
  return viewer ?? refusal("page-closed");
}

async function about(
  { runs, deployments, driftChecks, catalogue, policy }: DeploymentPage,
  { deployment, lang }: Asking,
): Promise<PageAbout> {
  const module = catalogue.module(deployment.module);
  const people = Object.entries(policy.current().people);
  const {
    resources: _resources,
    plan,
    ...view
  } = deploymentView(deployment, {
    module,
    runs: await runs.ofDeployment(deployment.id),
    check: await driftChecks.newest(deployment.id),
    advice: [],
    lang,
  });
  return {
    deployment: { ...view, plan: plan === null ? null : { digest: plan.digest } },
    events: await deployments.auditOf(deployment.id),
    names: Object.fromEntries(people.map(([id, { name }]) => [id, name])),
  };
}

/** Of any change that this deployment ever had. */
async function plan(
  { deployments, plans }: DeploymentPage,
  { deployment, params }: Asking,
): Promise<PagePlan | Refusal> {
  const change = ChangeId.safeParse(params["change"]);
  const of = change.success ? await deployments.loadChange(change.data) : null;
  const shown =
    change.success && of?.deployment.id === deployment.id ? await plans.shown(change.data) : null;
  return shown === null
    ? refusal("no-plan", { name: deployment.name })
    : { rows: planRows(JSON.parse(shown.json)), text: shown.text };
}
