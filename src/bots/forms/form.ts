import type { ButtonValue } from "#bots/card.ts";
import type { Field } from "#bots/field.ts";
import type { Lang } from "#text/wording.ts";

/** What a person fills in to make or to change a deployment, before any platform. */
export type Form = {
  readonly lang: Lang;
  /** What it makes stands in a simulated cloud. */
  readonly simulated: boolean;
  readonly title: string;
  readonly intro: string;
  /** The deployment's own, then required ones, then what may be left. */
  readonly fields: readonly Field[];
  /** Shown only to those who ask for them. */
  readonly advanced: readonly Field[];
  /** Labels of what no form has room for; it stays as it is. */
  readonly left: readonly string[];
  readonly send: { readonly label: string; readonly value: ButtonValue };
};

/** What is entered by the id of its field. */
export type Entered = Readonly<Record<string, string>>;

/** Ids that no variable can have, and that no button's own data has. */
export const OWN_FIELDS = {
  name: "own_name",
  environment: "own_environment",
  team: "own_team",
  module: "own_module",
} as const;

export function fieldIdOf(variable: string): string {
  return `var_${variable}`;
}
