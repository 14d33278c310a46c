import type { Deployments } from "./ports.ts";
import type { Leftovers } from "./state-ports.ts";
import { audited, stepTo } from "./stepping.ts";

/** What a worker ended on its own goes on the record of the deployment, and changes nothing else. */
export function createLeftovers({
  deployments,
}: {
  readonly deployments: Pick<Deployments, "change">;
}): Leftovers {
  return {
    killed: (run, pids) =>
      deployments.change(run.deployment, null, (now) =>
        audited(stepTo(now, {}), "system", {
          action: "leftover-killed",
          detail: { run: run.id, kind: run.kind, status: run.status, pids: pids.join(" ") },
        }),
      ),
    lockFreed: ({ run, deployment }, worker) =>
      deployments.change(deployment, null, (now) =>
        audited(stepTo(now, {}), "system", {
          action: "lock-freed",
          detail: { run, worker, because: "process-dead" },
        }),
      ),
  };
}
