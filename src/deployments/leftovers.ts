import type { EndedChange, OpenChange } from "./change.ts";
import type { Deployment, OpenAddress, Standing } from "./deployment.ts";
import type { Deployments, Step } from "./ports.ts";
import { replanStep } from "./replanning.ts";
import type { Run } from "./run.ts";
import type { ServiceParts } from "./service.ts";
import type { Leftovers } from "./state-ports.ts";
import { announced, audited, stepTo } from "./stepping.ts";
import { isRefusal, refusal, type Refusal } from "#text/refusal.ts";

type Parts = Pick<ServiceParts, "ids" | "clock"> & {
  readonly deployments: Pick<Deployments, "change" | "loadChange">;
};

/** What a worker ended on its own, or found behind it, goes on the record of the deployment. */
export function createLeftovers(parts: Parts): Leftovers {
  const { deployments } = parts;
  return {
    killed: (run, pids) =>
      deployments.change(run.deployment, null, (now) =>
        audited(stepTo(now, {}), "system", {
          action: "leftover-killed",
          detail: { run: run.id, kind: run.kind, status: run.status, pids: pids.join(" ") },
        }),
      ),
    unheard: (run, found) => addUnheard(parts, run, found),
    lockFreed: ({ run, deployment }, worker) =>
      deployments.change(deployment, null, (now) =>
        audited(stepTo(now, {}), "system", {
          action: "lock-freed",
          detail: { run, worker, because: "process-dead" },
        }),
      ),
  };
}

/** Every other end of an apply was settled with all of its output read. */
async function addUnheard(parts: Parts, run: Run, found: readonly OpenAddress[]): Promise<boolean> {
  const known = run.change === null ? null : await parts.deployments.loadChange(run.change);
  if (known === null || !wasTakenOver(known.change, run)) {
    return true;
  }
  const { change: taken } = known;
  const answer = await parts.deployments.change(
    run.deployment,
    { onceFor: `unheard:${run.id}` },
    (now) => unheardStep(parts, now, { taken, found }),
  );
  return !isRefusal(answer) || answer.code !== "busy-applying";
}

function wasTakenOver(change: OpenChange | EndedChange, { id }: Run): boolean {
  return change.state === "ended" && change.run === id && change.reason.code === "taken-over";
}

type Unheard = {
  readonly taken: OpenChange | EndedChange;
  readonly found: readonly OpenAddress[];
};

/** Neither state nor fence of a successor is touched; a plan that knows nothing of it gives way. */
function unheardStep(
  parts: Parts,
  deployment: Deployment,
  { taken, found }: Unheard,
): Step | Refusal {
  if (deployment.change?.state === "applying") {
    return refusal("busy-applying", { name: deployment.name });
  }
  const left = found.filter((each) => !isKnown(deployment, each));
  if (left.length === 0) {
    return refusal("change-moved-on");
  }
  const uncertain = { ...deployment, standing: withUnheard(deployment.standing, left) };
  const step =
    deployment.change === null
      ? stepTo(uncertain, {})
      : replanStep(parts, uncertain, "found-later");
  if (isRefusal(step)) {
    return step;
  }
  const detail = { change: taken.id, addresses: left.map(({ address }) => address).join(", ") };
  return announced(audited(step, "system", { action: "found-later", detail }), taken, ["report"]);
}

/** A later apply took it in. */
function isKnown({ resources }: Deployment, { address, found, id }: OpenAddress): boolean {
  return found === "created" && resources.some((one) => one.address === address && one.id === id);
}

/** Only a recovery that applies takes in what was made; one that destroys would pass over it. */
function withUnheard(before: Standing, left: readonly OpenAddress[]): Standing {
  const { intent, addresses } =
    before.is === "uncertain" ? before : { intent: "apply" as const, addresses: [] };
  const named = new Set(left.map(({ address }) => address));
  const ids = new Set(left.map(({ id }) => id));
  const kept = addresses.filter(
    ({ address, found, id }) => !named.has(address) || (found === "created" && !ids.has(id)),
  );
  const made = left.some(({ found }) => found === "created");
  return { is: "uncertain", intent: made ? "apply" : intent, addresses: [...left, ...kept] };
}
