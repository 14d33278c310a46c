import type { Json } from "./change.ts";
import type { Condition } from "./when.ts";
import type { Lang } from "#text/wording.ts";

/** Where a module's deployments may be. */
export type ModuleRegion = {
  /** The variable that people give it as: `region`, or what the module calls it. */
  readonly variable: string;
  /** The module itself has that variable; else only the provider gets the value. */
  readonly declared: boolean;
  readonly allowed: readonly string[];
  readonly default: string | null;
};

/** A provider that a module needs: `aws`, `hashicorp/aws`, `>= 6.0.0, < 7.0.0`. */
export type ModuleProvider = {
  readonly name: string;
  readonly source: string;
  readonly version: string;
};

/** A note for those who vote: when the values are like `when`, or when one of `onChange` changes. */
export type RiskNote = {
  readonly id: string;
  readonly when: Condition | null;
  readonly onChange: readonly string[];
  readonly level: "info" | "warn" | "danger";
  readonly text: Readonly<Record<Lang, string>>;
};

/** What a value must be in production. */
export type ProdDemand = {
  readonly variable: string;
  readonly in: readonly (string | number | boolean)[] | null;
  readonly min: number | null;
  readonly max: number | null;
};

/** What module.yaml says for those who decide on a deployment and those who look after it. */
export type ModuleFacts = {
  readonly category: string;
  readonly status: "experimental" | "stable" | "deprecated";
  readonly replacedBy: string | null;
  readonly prodRequires: readonly ProdDemand[];
  readonly risks: readonly RiskNote[];
  readonly approval: {
    readonly minApprovers: number;
    /** Conditions ask about values, `environment` and `cost_delta` (USD a month). */
    readonly secondApproverWhen: readonly ("destroy" | "replace" | Condition)[];
  };
  readonly cost: {
    /** Resource types whose price matters. */
    readonly drivers: readonly string[];
    readonly freeByDefault: boolean;
    /** `<resource type>.<what>` → assumed amount. */
    readonly usage: Readonly<Record<string, number>>;
  };
  /** Patterns `<resource type>.<attribute>`, `*` for anything. */
  readonly drift: { readonly sensitive: readonly string[]; readonly ignore: readonly string[] };
  readonly permissions: readonly string[];
  readonly apis: readonly string[];
  /** Variable → the module and output that usually feed it. */
  readonly inputsFrom: Readonly<
    Record<string, { readonly module: string; readonly output: string }>
  >;
  readonly planSeconds: number | null;
  readonly applySeconds: number | null;
  readonly lessons: readonly string[];
  /** Values of a sensible request. */
  readonly example: Readonly<Record<string, Json>>;
};
