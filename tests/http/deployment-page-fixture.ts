import { createServer } from "node:http";
import express from "express";
import type { PageAbout, PagePlan } from "#http/deployment-page.ts";
import { PAGE_HEADERS, type Pages } from "#http/pages.ts";
import { assets } from "#http/assets.ts";
import type { PlanRow } from "#http/plan-tree.ts";
import { ChangeId, DeploymentId, Digest, PersonId, RunId } from "#deployments/ids.ts";

export type Told = {
  about: PageAbout | { status: number; detail: string };
  plans: Record<string, PagePlan>;
  /** Lines of the log, and how the run ended; null: it goes on. */
  log: { lines: readonly string[]; end: string | null; status: number };
  /** `Last-Event-ID` of every reader that came, null for one from the start. */
  readers: (string | null)[];
};

/** The page of a deployment over a server that says what a test lays down. */
export async function servePage(pages: Pages, told: Told) {
  const app = express();
  app.use(assets(pages));
  app.get("/d/:id", (_request, response) => {
    const page = { entry: "deployment", title: "Deployment", lang: "en" } as const;
    response.set(PAGE_HEADERS).send(pages.html(page));
  });
  app.get("/d/:id/about", (_request, response) => {
    const { about } = told;
    if ("detail" in about) {
      response.status(about.status).json({ detail: about.detail, next: "Do this now." });
    } else {
      response.json(about);
    }
  });
  app.get("/d/:id/plans/:change", (request, response) => {
    const plan = told.plans[request.params["change"]];
    response.status(plan === undefined ? 404 : 200).json(plan ?? { detail: "No plan.", next: "" });
  });
  app.get("/d/:id/log", (request, response) => {
    const after = request.headers["last-event-id"] ?? null;
    told.readers.push(after === null ? null : String(after));
    response.status(told.log.status).set("content-type", "text/event-stream");
    const from = Number(after ?? 0);
    const events = told.log.lines.slice(from).map((message, index) => {
      const line = { at: "2026-11-28T08:41:21.000Z", type: "text", message };
      return `id: ${from + index + 1}\ndata: ${JSON.stringify(line)}\n\n`;
    });
    response.write(events.join(""));
    if (told.log.end !== null) {
      response.end(`event: end\ndata: ${JSON.stringify({ status: told.log.end })}\n\n`);
    }
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("the server listens on no port");
  }
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}/d/${DEPLOYMENT}`,
    /** Nobody is reached there until it comes `back`. */
    away: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    back: () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve)),
    dropStreams: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const DEPLOYMENT = DeploymentId.parse("dep-aaaaaaaaaa");
export const FIRST = ChangeId.parse("chg-aaaaaaaaaa");
export const SECOND = ChangeId.parse("chg-bbbbbbbbbb");
const RUN = RunId.parse("run-aaaaaaaaaa");
const DIGEST = Digest.parse("d".repeat(64));
const AT = new Date("2026-11-28T08:41:00.000Z");

/** A deployment whose first change was applied, with Lead's vote. */
export function anAbout(over: Partial<PageAbout["deployment"]> = {}): PageAbout {
  const dev = PersonId.parse("dev");
  return {
    names: { dev: "Dev", lead: "Lead" },
    events: [
      event("dev", "change-opened", { change: FIRST, kind: "create" }),
      event("lead", "voted", { change: FIRST, decision: "approve", platform: "console" }),
      event("system", "change-ended", { change: FIRST, outcome: "applied" }),
    ],
    deployment: {
      id: DEPLOYMENT,
      name: "shop",
      cloud: "aws",
      simulated: true,
      module: "aws_vpc",
      moduleCommit: "tree-0",
      moduleVersion: "1.0.0",
      environment: "stg",
      team: null,
      requester: dev,
      vars: {},
      status: "applied",
      standing: "live",
      change: null,
      lastChange: { id: FIRST, kind: "create", outcome: "applied", reason: null, at: AT },
      createdAt: AT,
      plan: { digest: DIGEST },
      risk: null,
      votes: [],
      outputs: [],
      advice: [],
      drift: null,
      cost: null,
      runs: [aRun],
      ...over,
    },
  };
}

/** The same while its second change is being planned. */
export function planningAgain(): PageAbout {
  const before = anAbout({
    status: "planning",
    plan: null,
    change: {
      id: SECOND,
      kind: "destroy",
      state: "planning",
      requester: PersonId.parse("dev"),
      vars: {},
      openedAt: AT,
      run: RUN,
    },
  });
  const opened = event("dev", "change-opened", { change: SECOND, kind: "destroy" });
  return { ...before, events: [...before.events, opened] };
}

const aRun = {
  id: RUN,
  kind: "apply",
  deployment: DEPLOYMENT,
  change: FIRST,
  status: "done",
  attempts: 1,
  ahead: null,
  progress: { done: 0, total: 0, current: null, inFlight: 0 },
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
} as const;

function event(actor: string, action: string, detail: Record<string, string>) {
  const by = actor === "system" ? ("system" as const) : PersonId.parse(actor);
  return { at: AT, deployment: DEPLOYMENT, actor: by, action, detail };
}

export function aRow(address: string): PlanRow {
  const module = "module.this";
  const after = { input: `value of ${address}` };
  return {
    address: `${module}.${address}`,
    module,
    action: "create",
    reason: null,
    before: null,
    after,
    unknown: false,
  };
}
