import type { Advice, Subject, Surroundings } from "./advice.ts";
import type { Json, Vars } from "./change.ts";
import type { Module } from "./ports.ts";
import { freeRange, overlap, parseRange, rangeText, type Range } from "./ranges.ts";

/**
 * Address ranges that another network of the same cloud has already. Whose it is, is said only to
 * those who may see it.
 */
export function rangeAdvice(subject: Subject, around: Surroundings): readonly Advice[] {
  const taken = takenRanges(subject, around);
  return claimsOf(subject.module, subject.vars).flatMap(({ variable, range, whole }): Advice[] => {
    const clashes = taken.filter((other) => overlap(other.range, range));
    if (clashes.length === 0) {
      return [];
    }
    const shown = clashes.find(({ name }) => name !== null);
    const free = freeRange(
      range.bits,
      taken.map((each) => each.range),
    );
    const params = {
      variable,
      range: rangeText(range),
      free: free === null ? "" : rangeText(free),
    };
    // Only a variable that is one range can be set to another one.
    const suggested = free !== null && whole ? { variable, value: rangeText(free) } : null;
    return shown === undefined
      ? [{ level: "warn", code: "cidr_taken", params, suggested }]
      : [
          {
            level: "warn",
            code: "cidr_overlap",
            params: { ...params, deployment: shown.name ?? "", other: rangeText(shown.range) },
            suggested,
          },
        ];
  });
}

type Claim = {
  readonly variable: string;
  readonly range: Range;
  /** The variable is this range, not a list with it inside. */
  readonly whole: boolean;
};

function takenRanges(
  subject: Subject,
  { neighbours, catalogue }: Surroundings,
): { readonly range: Range; readonly name: string | null }[] {
  return neighbours
    .filter(({ id, cloud }) => id !== subject.id && cloud === subject.module.cloud)
    .flatMap(({ module, vars, name, visible }) => {
      const known = catalogue.module(module);
      const claims = known === null ? [] : claimsOf(known, vars);
      return claims.map(({ range }) => ({ range, name: visible ? name : null }));
    });
}

const RANGE_NAME = /(?:^|_)cidr$/;

/** Ranges that a deployment of this module would have, with the module's defaults. */
function claimsOf(module: Module, vars: Vars): Claim[] {
  return module.variables.flatMap((variable): Claim[] => {
    const value = vars[variable.name] ?? variable.default;
    if (RANGE_NAME.test(variable.name)) {
      return rangesIn(value).map((range) => ({ variable: variable.name, range, whole: true }));
    }
    // A subnet's `cidr` is a range of its own; that of a firewall rule names who may come in.
    const subnets = variable.name === "subnets" && Array.isArray(value) ? value : [];
    return subnets
      .flatMap(subnetRanges)
      .map((range) => ({ variable: variable.name, range, whole: false }));
  });
}

/** Its own range, and those beside it such as a cluster's pods and services. */
function subnetRanges(subnet: Json): Range[] {
  const isObject = typeof subnet === "object" && subnet !== null && !Array.isArray(subnet);
  if (!isObject) {
    return [];
  }
  const { cidr, secondary } = subnet;
  return [...rangesIn(cidr), ...(Array.isArray(secondary) ? secondary.flatMap(subnetRanges) : [])];
}

function rangesIn(value: Json | undefined): Range[] {
  const range = typeof value === "string" ? parseRange(value) : null;
  return range === null ? [] : [range];
}
