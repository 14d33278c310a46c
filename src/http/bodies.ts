import { z } from "zod";
import { Vars } from "#deployments/change.ts";
import { Environment } from "#deployments/deployment.ts";

/** What the routes of deployments read from a body; unknown fields are refused. */
export const NewDeployment = z.strictObject({
  name: z.string(),
  module: z.string(),
  cloud: z.string().optional(),
  environment: Environment.optional(),
  team: z.string().optional(),
  vars: Vars.default({}),
});

export const PlanBody = z.strictObject({ vars: Vars.default({}) });

export const VoteBody = z.strictObject({
  decision: z.enum(["approve", "reject"]),
  digest: z.string(),
  reason: z.string().max(2000).optional(),
  confirmName: z.string().optional(),
});

/** `force` kills an apply that did not stop in its time; it needs the deployment's name. */
export const CancelBody = z.strictObject({
  force: z.boolean().default(false),
  confirmName: z.string().optional(),
});

export const UnlockBody = z.strictObject({ confirmName: z.string().optional() });

export const NoBody = z.strictObject({});
