import { randomBytes } from "node:crypto";
import { randomIds, type DeploymentId } from "#deployments/ids.ts";
import type { Claim } from "#deployments/run.ts";
import type { Database } from "#persistence/database.ts";

const ids = randomIds(randomBytes);

/** The rows behind one claimed apply run of a new deployment, as short as the tables allow. */
export async function claimedRun(
  db: Database,
  status = "running",
): Promise<{ deployment: DeploymentId; claim: Claim }> {
  const deployment = ids.deployment();
  await db("deployments").insert({
    id: deployment,
    name: deployment,
    cloud: "local",
    module: "local_app_env",
    environment: "dev",
    simulated: false,
    requester: "dev",
    lang: "en",
    vars: {},
    standing: { is: "nothing" },
    outputs: "[]",
    resources: "[]",
    places: "[]",
    status: "applying",
    revision: 1,
    created_at: new Date(),
  });
  return { deployment, claim: await anotherRun(db, deployment, status) };
}

/** One more run of the same deployment. */
export async function anotherRun(
  db: Database,
  deployment: DeploymentId,
  status: string,
): Promise<Claim> {
  const [run, change] = [ids.run(), ids.change()];
  const opened = { state: "ended", body: {}, opened_at: new Date() };
  await db("changes").insert({ id: change, deployment_id: deployment, ...opened });
  await db("runs").insert({
    id: run,
    kind: "apply",
    deployment_id: deployment,
    change_id: change,
    requester: "dev",
    status,
    fence: 1,
  });
  return { run, fence: 1, worker: "worker-1" };
}
