import { AWS_DATA } from "./aws/data.ts";
import { completeWith } from "./complete.ts";
import { error, type Diagnostic } from "./diagnostics.ts";
import { fill } from "./fill.ts";
import { GOOGLE_DATA } from "./google/data.ts";
import { hash } from "./identity.ts";
import type { Brought } from "./making.ts";
import type { Type, TypeSchema } from "./schema/schema.ts";
import type { Session } from "./session.ts";
import { isList, isMap, type Value, type ValueMap } from "./values.ts";

/** A question to the cloud. */
export type Question = { readonly session: Session; readonly config: ValueMap };

/** What the cloud knows, or a sentence why it knows nothing of it. */
export type Answer = (question: Question) => Promise<Brought | string> | Brought | string;

/** The configuration of a data source with the cloud's answer laid in. */
export async function readData(
  session: Session,
  schema: TypeSchema,
  config: Value,
): Promise<ValueMap | Diagnostic> {
  const asked = isMap(config) ? config : {};
  const answer = await (AWS_DATA[schema.name] ?? GOOGLE_DATA[schema.name])?.({
    session,
    config: asked,
  });
  if (answer === undefined || typeof answer === "string") {
    return error(
      `reading ${schema.name}: ${answer ?? "not simulated"}`,
      "Answered by the simulated cloud.",
    );
  }
  const { region, project } = session.settings;
  const id = hash(schema.name, asked, 10);
  return completeWith(
    schema,
    fill(schema, asked, null),
    fitting(schema, { id, region, project, ...answer }),
  );
}

/** An object of the cloud may hold an attribute in another type than the data source tells it. */
function fitting(schema: TypeSchema, answer: Brought): Brought {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]): [string, Value][] => {
      const type = schema.attributes[name]?.[1];
      return type === undefined ? [] : [[name, fitted(type, value)]];
    }),
  );
}

function fitted(type: Type, value: Value): Value {
  if (type === "number" && typeof value === "string") {
    return Number(value);
  }
  const wantsList = Array.isArray(type) && (type[0] === "list" || type[0] === "set");
  return wantsList && !isList(value) ? [] : value;
}
