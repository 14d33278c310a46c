import { pathOf, type AttributePath } from "./diagnostics.ts";
import { fill } from "./fill.ts";
import { replacements } from "./replacement.ts";
import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { sharedValues } from "./shared-values.ts";
import { isMap, same, type Value } from "./values.ts";

export type Proposal = { readonly prior: Value; readonly proposed: Value; readonly config: Value };

export type Planned = {
  readonly planned: Value;
  readonly replace: readonly AttributePath[];
};

/** What an apply would leave: null for a removal, unknown where only the apply brings the value. */
export function plan(session: Session, schema: TypeSchema, proposal: Proposal): Planned {
  const { prior, proposed, config } = proposal;
  if (!isMap(proposed)) {
    return { planned: null, replace: [] };
  }
  const before = isMap(prior) ? prior : null;
  const filled = fill(schema, proposed, before);
  const shared = sharedValues(session, schema, {
    filled,
    config: isMap(config) ? config : {},
    prior: before,
  });
  const planned = { ...filled, ...shared };
  if (before === null) {
    return { planned, replace: [] };
  }
  const replace = replacements(schema, before, planned);
  return { planned: same(before, planned) ? before : planned, replace: replace.map(pathOf) };
}
