/** Terraform's own notation of a type, as the plugin protocol carries it. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", { readonly [name: string]: Type }]
  | readonly ["tuple", readonly Type[]];

/**
 * Letters of an attribute or block: r required, o optional, c computed, s sensitive,
 * w write-only, d deprecated, f a change replaces the object.
 */
export type Flags = string;

/** Flags, type, and the value that the provider fills in when the argument is left out. */
export type Attribute = readonly [flags: Flags, type: Type, fallback?: string | number | boolean];

export type Block = {
  readonly attributes: { readonly [name: string]: Attribute };
  readonly blocks: { readonly [name: string]: NestedBlock };
};

export type NestedBlock = Block & {
  readonly nesting: "list" | "set" | "single" | "map";
  readonly min: number;
  /** 0: no limit. */
  readonly max: number;
  readonly flags: Flags;
};

/** What arguments say about each other; paths as in `settings.0.tier`. */
export type Rule = readonly [kind: RuleKind, path: string, others: readonly string[]];
export type RuleKind = "conflicts_with" | "exactly_one_of" | "at_least_one_of" | "required_with";

export type TypeSchema = Block & {
  readonly kind: "provider" | "resource" | "data";
  readonly name: string;
  readonly version: number;
  /** Written on the newer framework: Terraform holds it to the strict rules. */
  readonly framework: boolean;
  readonly importable: boolean;
  readonly rules: readonly Rule[];
};

export type Catalogue = {
  readonly provider: TypeSchema;
  readonly resources: ReadonlyMap<string, TypeSchema>;
  readonly dataSources: ReadonlyMap<string, TypeSchema>;
};
