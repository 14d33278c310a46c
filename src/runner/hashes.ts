import { createHash } from "node:crypto";
import { Digest } from "#deployments/ids.ts";

export function sha256(bytes: Uint8Array | string): Digest {
  return Digest.parse(createHash("sha256").update(bytes).digest("hex"));
}

/** What people vote on: this plan file, made from these values and this commit of the module. */
export function digestOf(plan: {
  readonly plan: Digest;
  readonly inputs: Digest;
  readonly moduleCommit: string;
}): Digest {
  return sha256(JSON.stringify([plan.plan, plan.inputs, plan.moduleCommit]));
}
