import { error, type Diagnostic } from "./diagnostics.ts";
import { identityOf, written } from "./identity.ts";
import { fitted } from "./read.ts";
import type { TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { textOf, type ValueMap } from "./values.ts";

/** The object that goes by an id, as people write it for an import; else why there is none. */
export async function importObject(
  session: Session,
  schema: TypeSchema,
  id: string,
): Promise<ValueMap | Diagnostic> {
  const direct = await session.objects.read(schema.name, id);
  const found = direct ?? (await byOtherName(session, schema.name, id));
  return found === null
    ? error(
        "Cannot import non-existent remote object",
        `The simulated cloud holds no ${schema.name} with the id "${id}".`,
      )
    : fitted(session, schema, { id: textOf(found["id"]), object: found });
}

async function byOtherName(session: Session, type: string, id: string): Promise<ValueMap | null> {
  const patterns = identityOf(type).importedBy ?? [];
  const all = await session.objects.list(type);
  const matches = all.filter(
    (object) =>
      patterns.some((pattern) => written(pattern, object) === id) ||
      textOf(object["identifier"]) === id ||
      textOf(object["id"]).endsWith(`/${id}`),
  );
  return matches.length === 1 ? (matches[0] ?? null) : null;
}
