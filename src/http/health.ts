import { Router } from "express";
import type { Metrics } from "#telemetry/metrics.ts";

/** One thing that must work before traffic may come: the database, the runner, … */
export type ReadyCheck = { readonly name: string; readonly ok: boolean };

export type Health = {
  /** Asked at every `/readyz`; must answer within a second or so. */
  readonly ready: () => Promise<readonly ReadyCheck[]>;
  readonly metrics: Metrics;
};

/** For orchestrators and Prometheus: no identity, and nothing about any deployment. */
export function healthRoutes({ ready, metrics }: Health): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const checks = await ready();
    const isReady = checks.every(({ ok }) => ok);
    response.status(isReady ? 200 : 503).json({ ready: isReady, checks });
  });
  router.get("/metrics", async (_request, response) => {
    const text = await metrics.text();
    response.set("content-type", metrics.contentType).send(text);
  });
  return router;
}
