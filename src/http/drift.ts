import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "#deployments/deployment.ts";
import type { DriftCheck } from "#deployments/drift.ts";
import type { DriftChecks } from "#deployments/ports.ts";
import type { DeploymentService } from "#deployments/service.ts";
import { sayReason } from "#text/reasons.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import { readBody, readQuery, type Call } from "./answering.ts";
import { NoBody } from "./bodies.ts";
import { WaitQuery } from "./queries.ts";

export type DriftParts = {
  readonly service: Pick<DeploymentService, "drift">;
  readonly driftChecks: Pick<DriftChecks, "newest">;
};

const LOOK_EVERY_MS = 200;

/** `POST /deployments/{id}/drift?wait=60`: asks, waits so many seconds at most; the check as it is then. */
export async function askDrift(
  parts: DriftParts,
  call: Call,
  now: Deployment,
): Promise<{ readonly deployment: Deployment; readonly isOver: boolean } | Refusal> {
  const [body, query] = [readBody(NoBody, call.body), readQuery(WaitQuery, call.query)];
  if (isRefusal(body)) {
    return body;
  }
  if (isRefusal(query)) {
    return query;
  }
  const { viewer, lang, requestKey } = call;
  const asked = { by: viewer, in: "api", lang, place: null, requestKey } as const;
  const deployment = await parts.service.drift(asked, now.id);
  if (isRefusal(deployment)) {
    return deployment;
  }
  const until = performance.now() + (query.wait ?? 0) * 1000;
  let check = await parts.driftChecks.newest(now.id);
  while (check?.result === null && performance.now() < until) {
    await sleep(LOOK_EVERY_MS);
    check = await parts.driftChecks.newest(now.id);
  }
  return { deployment, isOver: check !== null && check.result !== null };
}

const NOTHING_YET = { outcome: null, items: [], more: 0, outputs: [], lookedWith: null };

/** The newest check as the API shows it; `outcome` is null while it is under way. */
export function driftView(check: DriftCheck | null, lang: Lang) {
  if (check === null) {
    return null;
  }
  const { run, requester, askedAt, endedAt, result } = check;
  const { outcome, items, more, outputs, lookedWith } = result ?? NOTHING_YET;
  const reason = sayWhy(result, lang);
  return { run, requester, askedAt, endedAt, outcome, items, more, outputs, lookedWith, reason };
}

/** Terraform's own redacted words come first, where it said any. */
function sayWhy(result: DriftCheck["result"], lang: Lang) {
  const reason = result?.reason ?? null;
  return reason === null
    ? null
    : reason.params["error"] || sayReason(reason.code, reason.params, lang);
}
