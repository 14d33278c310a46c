import { z } from "zod";
import type { Json } from "#deployments/change.ts";
import type { Deployment } from "#deployments/deployment.ts";
import type { DeploymentId } from "#deployments/ids.ts";
import type { StateBucket } from "#deployments/state-backend.ts";
import { freeLeftLock } from "./bucket-lock.ts";
import { childEnvironment } from "./credentials.ts";
import { inBrief, RunFailed } from "./failure.ts";
import type { RunJob, RunnerParts } from "./job.ts";
import { sensitiveValues } from "./secrets.ts";
import type { StateHome } from "./state-home.ts";
import { readState } from "./state-reading.ts";
import { askTerraform, type Answer } from "./terraform.ts";

/** State in a bucket of the team's own. Only Terraform ever opens it; we ask Terraform. */
export function bucketState(
  { buckets }: Pick<RunnerParts, "buckets">,
  { id }: Pick<Deployment, "id">,
  bucket: StateBucket,
): StateHome {
  async function newest(job: RunJob): ReturnType<StateHome["newest"]> {
    const body = await pull(job, bucket);
    if (body.trim() === "") {
      return null;
    }
    const { serial } = Head.parse(JSON.parse(body));
    job.redact.learn(sensitiveValues(null, [], body));
    await buckets.note(id, serial, job.findings.applied?.started === true ? "apply" : "run");
    return { serial, body };
  }

  return {
    block() {
      if (buckets.credentials(bucket.is) === null) {
        throw new RunFailed({ code: "state-out-of-reach", params: { bucket: bucket.bucket } });
      }
      return blockOf(bucket, id);
    },
    environment: async () => credentialsFor({ buckets }, bucket),
    // NOTE: a plan that is killed would leave its lock in the bucket for ever. Without one the worst
    // that can happen is a plan of an older state, which Terraform refuses to apply as stale.
    planLock: () => ["-lock=false"],
    async learn(job) {
      const hadObjects = job.deployment.resources.length > 0;
      // An apply meets Terraform's own check of what its plan was made from.
      if (isNew(await newest(job), job) && hadObjects && job.run.kind !== "apply") {
        throw new RunFailed({ code: "state-gone", params: { bucket: bucket.bucket } });
      }
    },
    newest,
    freeLock: (job, ended) => freeLeftLock(job, ended, (args) => ask(job, bucket, { args })),
    rescue: (job, body) => push(job, bucket, body),
  };
}

/**
 * Terraform begins a state where it finds none: with serial 0, or 1 where it writes that down. One
 * whose objects were destroyed is further on.
 */
function isNew(state: Awaited<ReturnType<StateHome["newest"]>>, { redact }: RunJob): boolean {
  return (
    state === null ||
    (state.serial <= 1 && readState(state.body, { redact, first: [] }).resources.length === 0)
  );
}

const Head = z.object({ serial: z.number().int() });

function blockOf(bucket: StateBucket, id: DeploymentId): { [kind: string]: Json } {
  switch (bucket.is) {
    case "s3":
      return { s3: s3Block(bucket, id) };
    case "gcs":
      return { gcs: gcsBlock(bucket, id) };
  }
}

function s3Block(
  { bucket, region, endpoint }: Extract<StateBucket, { is: "s3" }>,
  id: DeploymentId,
): Json {
  return {
    bucket,
    region,
    key: `mcp/${id}/terraform.tfstate`,
    encrypt: true,
    use_lockfile: true,
    ...(endpoint === null ? {} : { endpoints: { s3: endpoint }, ...NOT_AMAZON }),
  };
}

// What stands behind another endpoint has one host for every bucket, regions of its own, and
// neither STS nor the metadata service.
const NOT_AMAZON = {
  use_path_style: true,
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

function gcsBlock(
  { bucket, endpoint }: Extract<StateBucket, { is: "gcs" }>,
  id: DeploymentId,
): Json {
  return {
    bucket,
    prefix: `mcp/${id}`,
    ...(endpoint === null ? {} : { storage_custom_endpoint: endpoint }),
  };
}

function credentialsFor(
  { buckets }: Pick<RunnerParts, "buckets">,
  bucket: StateBucket,
): Record<string, string> {
  const found = Object.entries(buckets.credentials(bucket.is) ?? {});
  return Object.fromEntries(found.map(([name, value]) => [name, value.reveal()]));
}

/** The bucket does not answer, or not to us: what exists cannot be said yet. */
export class StateAway extends Error {
  override readonly name = "StateAway";
}

/** Text of the newest state, "" without one. Throws `StateAway` when the bucket cannot be read. */
async function pull(job: RunJob, bucket: StateBucket): Promise<string> {
  const answer = await ask(job, bucket, { args: ["state", "pull"] });
  if (answer.code !== 0) {
    const said = inBrief(job.redact.text(answer.stderr));
    throw new StateAway(
      `The state of ${job.deployment.id} in ${bucket.bucket} cannot be read: ${said}`,
    );
  }
  return answer.stdout;
}

/** Terraform itself takes no state of another lineage and none that is older. */
async function push(job: RunJob, bucket: StateBucket, body: string): Promise<boolean> {
  const args = ["state", "push", "-lock-timeout=10s", "-"];
  const answer = await ask(job, bucket, { args, input: body });
  if (answer.code !== 0) {
    const said = inBrief(job.redact.text(answer.stderr));
    job.parts.log.error({ run: job.claim.run, said }, "a state was not taken by its bucket");
  }
  return answer.code === 0;
}

/** NOTE: `job.env` may be that of a process which is gone, so the credentials are asked for anew. */
function ask(
  { parts, workspace }: RunJob,
  bucket: StateBucket,
  { args, input }: { readonly args: readonly string[]; readonly input?: string },
): Promise<Answer> {
  const argv: [string, ...string[]] = [parts.terraform.binary, ...args];
  return askTerraform({
    ...parts.isolation.launch({
      argv,
      folder: workspace.folder,
      env: childEnvironment({
        folder: parts.isolation.seenAt(workspace.folder),
        state: credentialsFor(parts, bucket),
        cloud: {},
      }),
      shown: parts.shown,
      reach: "cloud",
    }),
    ...(input === undefined ? {} : { input }),
  });
}
