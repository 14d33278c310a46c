import { z } from "zod";

/**
 * The parts of `terraform show -json <plan>` that we read
 * (https://developer.hashicorp.com/terraform/internals/json-format, format 1.2).
 */
const Change = z.object({
  actions: z.array(z.string()),
  before: z.unknown(),
  after: z.unknown(),
  after_unknown: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.unknown().optional(),
});

const ResourceChange = z.object({
  address: z.string(),
  mode: z.enum(["managed", "data"]).default("managed"),
  type: z.string().default(""),
  change: Change,
  previous_address: z.string().optional(),
  action_reason: z.string().optional(),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

export const PlanJson = z.object({
  terraform_version: z.string().default(""),
  errored: z.boolean().default(false),
  // OpenTofu does not say it.
  applyable: z.boolean().optional(),
  resource_changes: z.array(ResourceChange).default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
});
export type PlanJson = z.infer<typeof PlanJson>;

/** Nothing to apply. Imports and changes of outputs alone are something to apply. */
export function isEmptyPlan(planJson: unknown): boolean {
  const plan = PlanJson.parse(planJson);
  return !plan.errored && !(plan.applyable ?? changesAnything(plan));
}

/** As Terraform finds out whether a plan is `applyable`. */
function changesAnything({ resource_changes, output_changes }: PlanJson): boolean {
  const outputs = Object.values(output_changes);
  return (
    outputs.some(({ actions }) => actions.join() !== "no-op") ||
    resource_changes.some(
      ({ previous_address, change }) =>
        previous_address !== undefined ||
        change.importing !== undefined ||
        change.actions.join() !== "no-op",
    )
  );
}

export type ActionName =
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "read"
  | "import"
  | "forget"
  | "no-op";

/** One word for Terraform's list of actions; an import without change is `import`. */
export function actionOf({ change }: ResourceChange): ActionName {
  const key = change.actions.join("+");
  const found = ACTIONS[key];
  if (found === "no-op" && change.importing !== undefined) {
    return "import";
  }
  return found ?? "update";
}

const ACTIONS: Readonly<Record<string, ActionName | undefined>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete+create": "replace",
  "create+delete": "replace",
  "create+forget": "replace",
};
