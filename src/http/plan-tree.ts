import { actionOf, PlanJson, type ActionName } from "#deployments/plan-json.ts";

/** One resource of a plan, values as masked and redacted when the plan was made. */
export type PlanRow = {
  readonly address: string;
  /** Of the module it stands in; "" for the root. */
  readonly module: string;
  readonly action: ActionName;
  /** Why it is replaced, in Terraform's word; null when it says none. */
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
  /** Of the same shape as `after`, with `true` where a value is known only after the apply. */
  readonly unknown: unknown;
};

// What must not be overlooked stands first.
const ORDER: readonly ActionName[] = [
  "replace",
  "delete",
  "forget",
  "update",
  "import",
  "create",
  "read",
  "no-op",
];

// `one[2]` stands before `one[10]`.
const BY_NUMBER = new Intl.Collator("en", { numeric: true }).compare;

const Kept = PlanJson.partial();

/** Every resource of the plan, replaces and deletes first, then by address. */
export function planRows(planJson: unknown): readonly PlanRow[] {
  const { resource_changes: found = [] } = Kept.parse(planJson);
  return found
    .map((resource) => ({
      address: resource.address,
      module: moduleOf(resource.address),
      action: actionOf(resource),
      reason: resource.action_reason ?? null,
      before: resource.change.before,
      after: resource.change.after,
      unknown: resource.change.after_unknown ?? false,
    }))
    .sort((one, other) => rank(one) - rank(other) || BY_NUMBER(one.address, other.address));
}

function rank({ action }: Pick<PlanRow, "action">): number {
  return ORDER.indexOf(action);
}

/** `module.main.module.subnets["a"]` of `module.main.module.subnets["a"].aws_subnet.this`. */
function moduleOf(address: string): string {
  return (
    /^(?:module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.?)*/
      .exec(address)?.[0]
      .replace(/\.$/, "") ?? ""
  );
}
