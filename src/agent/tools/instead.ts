import type { Json, Vars } from "#deployments/change.ts";
import type { Module } from "#deployments/ports.ts";
import type { Refusal } from "#text/refusal.ts";

export type Refused = {
  /** The command up to its values: `/cloud plan shop`. */
  readonly head: string;
  readonly values: Vars;
  readonly module: Module | null;
};

/** What a button may say for a person, in characters. */
const LONGEST = 200;

/**
 * The refusal with the command that asks once more with the value that is suggested. As it is where
 * none is suggested, or where the command would be too long, hold a secret or read otherwise.
 */
export function withInstead(refused: Refusal, { head, values, module }: Refused): Refusal {
  const { suggested } = refused;
  if (suggested === undefined || module === null) {
    return refused;
  }
  const { region, ...others } = values;
  const isPlace = suggested.variable === module.region?.variable;
  const kept = isPlace || region === undefined ? others : values;
  const wanted = Object.entries({ ...kept, [suggested.variable]: suggested.value });
  const isSecret = module.variables.some(
    ({ name, sensitive }) => sensitive && wanted.some(([key]) => key === name),
  );
  const instead = [head, ...wanted.map(([key, value]) => `${key}=${written(value)}`)].join(" ");
  const isReadable = wanted.every(([key]) => /^[A-Za-z_][\w-]*$/.test(key)) && !ODD.test(instead);
  return isSecret || !isReadable || instead.length > LONGEST ? refused : { ...refused, instead };
}

// Typographic quotes are read as straight ones; the others cut a command where it has no end.
const ODD = /[“”„‘’'\\\n]/;

function written(value: Json): string {
  const isWord = typeof value === "string" && /^[A-Za-z][\w./:-]*$/.test(value);
  return isWord && !["true", "false", "null"].includes(value) ? value : JSON.stringify(value);
}
