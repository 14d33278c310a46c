import { conform } from "./conform.ts";
import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { isMap, textOf, type Value } from "./values.ts";

/**
 * What the cloud holds of the object, laid over what the state knows; null when it is gone. Throws
 * `BrokenObject` or `WrongShape` when the file was edited into something else.
 */
export async function read(session: Session, schema: TypeSchema, state: Value): Promise<Value> {
  if (!isMap(state)) {
    return null;
  }
  const object = await session.objects.read(schema.name, textOf(state["id"]));
  return object === null ? null : conform(schema, { ...state, ...object });
}

/** A stored state in the shape of today's schema. */
export function upgrade(schema: TypeSchema, stored: Value): Value {
  return isMap(stored) ? conform(schema, stored) : null;
}
