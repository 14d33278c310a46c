import { z } from "zod";
import { actionOf, PlanJson, type ResourceChange } from "./plan-json.ts";

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
  moduleVersion: z.string().nullable().default(null),
  /** Commit of the last apply, where this plan was made with other files of the module. */
  movesFrom: z.string().nullable().default(null),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

/**
 * Counts as Terraform's own last line does not: a replace is counted as `replace` alone, not
 * once more under add and destroy. `planJson` is `terraform show -json` of the plan.
 */
export function summarizePlan(
  planJson: unknown,
  facts: Pick<
    PlanSummary,
    "digest" | "terraformVersion" | "moduleCommit" | "moduleVersion" | "movesFrom"
  >,
): PlanSummary {
  const plan = PlanJson.parse(planJson);
  const resources = plan.resource_changes.map(plannedResource).filter((one) => one !== null);
  function count(action: PlannedResource["action"]): number {
    return resources.filter((resource) => resource.action === action).length;
  }
  return {
    add: count("create"),
    change: count("update"),
    destroy: count("delete"),
    replace: count("replace"),
    resources,
    outputs: changedOutputs(plan),
    ...facts,
  };
}

function plannedResource(resource: ResourceChange): PlannedResource | null {
  const action = actionOf(resource);
  if (action === "no-op") {
    return null;
  }
  const reason = reasonOf(resource);
  const { address, type } = resource;
  return { address, type, action, ...(reason === null ? {} : { reason }) };
}

/** `replace_because_cannot_update (input, cidr)`: names of attributes, never values. */
function reasonOf({ action_reason: reason, change }: ResourceChange): string | null {
  const paths = (change.replace_paths ?? []).map((path) => path.join("."));
  if (reason === undefined) {
    return paths.length === 0 ? null : paths.join(", ");
  }
  return paths.length === 0 ? reason : `${reason} (${paths.join(", ")})`;
}

function changedOutputs(plan: PlanJson): string[] {
  return Object.entries(plan.output_changes)
    .filter(([, change]) => change.actions.join() !== "no-op")
    .map(([name]) => name);
}
