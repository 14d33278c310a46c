import { conform, WrongShape } from "./conform.ts";
import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { isMap, textOf, type Value, type ValueMap } from "./values.ts";

/**
 * What the cloud holds of the object, laid over what the state knows; null when it is gone. Throws
 * `BrokenObject` when the file was edited into something else.
 */
export async function read(session: Session, schema: TypeSchema, state: Value): Promise<Value> {
  if (!isMap(state)) {
    return null;
  }
  const id = textOf(state["id"]);
  const object = await session.objects.read(schema.name, id);
  return object === null ? null : fitted(session, schema, { id, object: { ...state, ...object } });
}

/** The object of a file in its type's shape. Throws `BrokenObject` when it does not fit. */
export function fitted(
  session: Session,
  schema: TypeSchema,
  { id, object }: { readonly id: string; readonly object: ValueMap },
): ValueMap {
  try {
    return conform(schema, object);
  } catch (error) {
    throw error instanceof WrongShape ? session.objects.broken(schema.name, id, error) : error;
  }
}

/** A stored state in the shape of today's schema. */
export function upgrade(schema: TypeSchema, stored: Value): Value {
  return isMap(stored) ? conform(schema, stored) : null;
}
