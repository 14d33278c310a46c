/**
 * Whether a binary of this version may run a module with this `required_version`, as Terraform and
 * OpenTofu judge it themselves: by number alone, whatever the product, and a pre-release like its
 * release. What is not written as they write it is left to them: true.
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function fitsRequired(required: string, version: string): boolean {
  const own = partsOf(version.replace(/[-+].*$/, ""));
  const rules = required.split(",").map(ruleIn);
  return own === null || rules.every((rule) => rule === null || HOLDS[rule.operator](own, rule));
}

type Version = readonly number[];
type Operator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "~>";
type Rule = { readonly operator: Operator; readonly than: Version };

const RULE = /^\s*(=|!=|>|>=|<|<=|~>)?\s*v?(\d+(?:\.\d+)*)\s*$/;

/** Null where it is no rule that we know. */
function ruleIn(text: string): Rule | null {
  const [, operator = "=", number = ""] = RULE.exec(text) ?? [];
  const than = partsOf(number);
  return than === null || !isOperator(operator) ? null : { operator, than };
}

function isOperator(text: string): text is Operator {
  return Object.hasOwn(HOLDS, text);
}

function partsOf(text: string): Version | null {
  return /^\d+(\.\d+)*$/.test(text) ? text.split(".").map(Number) : null;
}

const HOLDS: Readonly<Record<Operator, (own: Version, rule: Rule) => boolean>> = {
  "=": (own, { than }) => order(own, than) === 0,
  "!=": (own, { than }) => order(own, than) !== 0,
  ">": (own, { than }) => order(own, than) > 0,
  ">=": (own, { than }) => order(own, than) >= 0,
  "<": (own, { than }) => order(own, than) < 0,
  "<=": (own, { than }) => order(own, than) <= 0,
  "~>": (own, { than }) => order(own, than) >= 0 && keepsAllButLast(own, than),
};

/** Below 0: `left` is older. A part that is not written is 0. */
function order(left: Version, right: Version): number {
  const length = Math.max(left.length, right.length);
  const differences = Array.from(
    { length },
    (_, index) => (left[index] ?? 0) - (right[index] ?? 0),
  );
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** `~> 1.6` stays in 1, `~> 1.6.2` in 1.6; `~> 1` forbids nothing newer. */
function keepsAllButLast(own: Version, than: Version): boolean {
  return than.slice(0, -1).every((part, index) => part === (own[index] ?? 0));
}
