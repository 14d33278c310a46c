import { rangeOf } from "./cidr.ts";
import { error, type Diagnostic } from "./diagnostics.ts";
import type { Rule, RuleKind, TypeSchema } from "./schema/schema.ts";
import { isList, isMap, textOf, Unknown, type Value } from "./values.ts";

/** What the provider finds wrong with a configuration; unknown values pass. */
export function validate(schema: TypeSchema, config: Value): readonly Diagnostic[] {
  const seen = new Set<string>();
  const broken = schema.rules.flatMap((rule) => ruleFaults(rule, config));
  const ranges = RANGES.flatMap((name) =>
    schema.attributes[name] === undefined ? [] : rangeFaults(name, config),
  );
  return [...broken, ...ranges].filter(({ summary, detail }) => {
    const key = `${summary} ${detail}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

const RANGES = ["cidr_block", "ip_cidr_range", "destination_cidr_block", "cidr_ipv4"];

function rangeFaults(name: string, config: Value): Diagnostic[] {
  const text = textOf(valueAt(config, name));
  return text === "" || rangeOf(text) !== null
    ? []
    : [
        error(
          "Invalid CIDR block",
          `"${text}" is not a valid CIDR block: write it like 10.0.0.0/16.`,
          name,
        ),
      ];
}

function ruleFaults([kind, path, others]: Rule, config: Value): Diagnostic[] {
  // A rule inside a block speaks only where the block is written.
  const parent = path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : null;
  if (parent !== null && !isMap(valueAt(config, parent))) {
    return [];
  }
  const given = others.filter((other) => isGiven(valueAt(config, other)));
  const anyOpen = [path, ...others].some((each) => valueAt(config, each) instanceof Unknown);
  return anyOpen
    ? []
    : CHECKS[kind]({ path, others, given, isSet: isGiven(valueAt(config, path)) });
}

type Found = {
  readonly path: string;
  readonly others: readonly string[];
  readonly given: readonly string[];
  /** The attribute that carries the rule is itself given. */
  readonly isSet: boolean;
};

const CHECKS: Readonly<Record<RuleKind, (found: Found) => Diagnostic[]>> = {
  conflicts_with: ({ path, given, isSet }) =>
    isSet && given.length > 0
      ? [
          error(
            "Conflicting configuration arguments",
            `"${path}": conflicts with ${given.join(", ")}`,
            path,
          ),
        ]
      : [],
  exactly_one_of: ({ path, others, given }) => {
    const list = [...others].sort().join(",");
    if (given.length === 0) {
      return [
        error(
          "Invalid combination of arguments",
          `"${path}": one of \`${list}\` must be specified`,
        ),
      ];
    }
    return given.length > 1
      ? [
          error(
            "Invalid combination of arguments",
            `only one of \`${list}\` can be specified, but \`${given.join(",")}\` were specified.`,
          ),
        ]
      : [];
  },
  at_least_one_of: ({ others, given }) =>
    given.length === 0
      ? [
          error(
            "Missing required argument",
            `one of \`${[...others].sort().join(",")}\` must be specified`,
          ),
        ]
      : [],
  required_with: ({ path, others, given, isSet }) =>
    isSet && given.length < others.length
      ? [
          error(
            "Missing required argument",
            `"${path}": all of \`${[...others, path].sort().join(",")}\` must be specified`,
            path,
          ),
        ]
      : [],
};

function isGiven(value: Value | undefined): boolean {
  const isEmpty = isList(value) && value.length === 0;
  return value !== undefined && value !== null && !isEmpty;
}

function valueAt(config: Value | undefined, path: string): Value | undefined {
  return path.split(".").reduce<Value | undefined>((value, step) => {
    if (value instanceof Unknown) {
      return value;
    }
    return isList(value) ? value[Number(step)] : isMap(value) ? value[step] : undefined;
  }, config);
}
