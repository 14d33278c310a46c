/** Something that Terraform shows to the person; the wire's own numbers. */
export type Diagnostic = {
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePath;
};

export type Step =
  | { readonly attribute_name: string }
  | { readonly element_key_string: string }
  | { readonly element_key_int: number };
export type AttributePath = { readonly steps: readonly Step[] };

export function error(summary: string, detail: string, path?: string): Diagnostic {
  return path === undefined
    ? { severity: 1, summary, detail }
    : { severity: 1, summary, detail, attribute: pathOf(path) };
}

/** The steps of `settings.0.tier`. */
export function pathOf(path: string): AttributePath {
  const steps = path
    .split(".")
    .map((step): Step =>
      /^\d+$/.test(step) ? { element_key_int: Number(step) } : { attribute_name: step },
    );
  return { steps };
}
