import { createHash } from "node:crypto";
import { AWS_IDENTITIES } from "./aws/identities.ts";
import { GOOGLE_IDENTITIES } from "./google/identities.ts";
import { isMap, textOf, type ValueMap } from "./values.ts";

/** How objects of a type are told apart. */
export type Identity = {
  /** `{name}` stands for an attribute, `~` for what the cloud makes up (marked `sim`). */
  readonly id: string;
  /** The resource part of the ARN; all of it where it begins with `:`. */
  readonly arn?: string;
  /** What the cloud answers when the id is taken; without it the object is simply overwritten. */
  readonly taken?: string;
  /** Other ways to write the id, for an import. */
  readonly importedBy?: readonly string[];
};

export function identityOf(type: string): Identity {
  return AWS_IDENTITIES[type] ?? GOOGLE_IDENTITIES[type] ?? { id: "sim-~" };
}

/**
 * The id of an object; `attempt` numbers objects that agree in all that is known of them. Ids are
 * made from the content, so that the same configuration gets the same ids in an empty cloud.
 */
export function idOf(type: string, object: ValueMap, attempt: number): string {
  const { id } = identityOf(type);
  return written(id.replace("~", madeUp(`${type} ${attempt}`, object)), object);
}

/** True when the cloud makes the id up, so that a taken one only means to try the next. */
export function isMadeUp(type: string): boolean {
  return identityOf(type).id.includes("~");
}

/** `{name}` replaced by the attribute of that name. */
export function written(pattern: string, object: ValueMap): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => plain(object, name));
}

const DIGITS = 17;
const MARK = "0sim";

/** As long as a real one, with `sim` in it, so that nobody takes it for one. */
export function madeUp(salt: string, object: ValueMap): string {
  return `${MARK}${hash(salt, object, DIGITS - MARK.length)}`;
}

export function hash(salt: string, object: ValueMap, digits: number): string {
  return createHash("sha256")
    .update(`${salt}\n${JSON.stringify(object)}`)
    .digest("hex")
    .slice(0, digits);
}

function plain(object: ValueMap, name: string): string {
  const value = object[name];
  const text = typeof value === "number" ? String(value) : textOf(value);
  // The address of an identity provider stands in ids without its scheme.
  return name === "url" ? text.replace("https://", "") : text;
}

/** How people call an object: its name, else its Name tag, else its id. */
export function nameOf(object: ValueMap): string {
  const tags = object["tags"];
  const tag = isMap(tags) ? textOf(tags["Name"]) : "";
  return (
    [textOf(object["name"]), tag, textOf(object["bucket"]), textOf(object["id"])].find(
      (name) => name !== "",
    ) ?? "without a name"
  );
}
