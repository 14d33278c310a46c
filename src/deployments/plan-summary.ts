import { z } from "zod";

/** What the plan does to one address. `replace` carries Terraform's reason where it gives one. */
export const PlannedResource = z.object({
  address: z.string(),
  type: z.string(),
  action: z.enum(["create", "update", "delete", "replace", "read", "import", "forget"]),
  reason: z.string().optional(),
});
export type PlannedResource = z.infer<typeof PlannedResource>;

/** The plan as people and the API see it; never a value of an attribute, only counts and names. */
export const PlanSummary = z.object({
  add: z.number().int(),
  change: z.number().int(),
  destroy: z.number().int(),
  replace: z.number().int(),
  resources: z.array(PlannedResource),
  /** Names of the outputs that change. */
  outputs: z.array(z.string()),
  digest: z.string(),
  terraformVersion: z.string(),
  moduleCommit: z.string(),
});
export type PlanSummary = z.infer<typeof PlanSummary>;
