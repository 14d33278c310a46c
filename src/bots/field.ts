/**
 * One thing that a card or a form asks for. Values are texts as people enter them: what they mean
 * is read by whoever asked. Without a `kind` it is one line of text.
 */
export type Field = {
  /** Unique in its card. Comes back with the press as the name of what was entered. */
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  readonly hint?: string;
  /** What stands in it at first; several choices are joined by commas. */
  readonly value?: string;
  /** Why what was entered cannot be used. */
  readonly problem?: string;
} & FieldKind;

export type FieldKind =
  | {
      readonly kind?: "text";
      readonly placeholder?: string;
      /** Characters it takes; 500 unless said. */
      readonly most?: number;
    }
  /** Several lines: a list, names with values, JSON. */
  | { readonly kind: "lines"; readonly placeholder?: string }
  /** Not shown while it is typed where the platform can hide it; never has a `value`. */
  | { readonly kind: "secret" }
  | {
      readonly kind: "number";
      readonly whole: boolean;
      readonly least?: number;
      readonly most?: number;
    }
  /** `true` or `false`. */
  | { readonly kind: "toggle" }
  | { readonly kind: "choice"; readonly options: readonly Option[] }
  | { readonly kind: "choices"; readonly options: readonly Option[] };

export type Option = { readonly value: string; readonly label: string };

/** Characters that one field takes: Slack allows no more in one input. */
export const MOST_ENTERED = 3000;
