import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

/** What stands in a plan for a value that only the apply brings. */
export class Unknown {
  readonly #known = false;

  toJSON(): string {
    return this.#known ? "" : "(known after apply)";
  }
}

export const UNKNOWN = new Unknown();

export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueMap;
export type ValueMap = { readonly [name: string]: Value };

/** A value as the protocol carries it: msgpack in practice, JSON allowed. */
export type Dynamic = { readonly msgpack?: Uint8Array; readonly json?: Uint8Array };

/** Bytes of a value. Terraform also refines unknown values (type 12); those are never sent. */
export function toDynamic(value: Value): Dynamic {
  return { msgpack: encode(value, { extensionCodec: codec }) };
}

/** The value of the bytes; nothing sent reads as null. Throws when they hold no value. */
export function fromDynamic(dynamic: Dynamic | undefined): Value {
  const { msgpack, json } = dynamic ?? {};
  if (msgpack !== undefined && msgpack.length > 0) {
    return toValue(decode(msgpack, { extensionCodec: codec }));
  }
  return json === undefined || json.length === 0 ? null : fromJson(Buffer.from(json).toString());
}

/** Throws when the text is no JSON. */
export function fromJson(text: string): Value {
  return toValue(JSON.parse(text));
}

export function isMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text of an attribute; empty when it is null, unknown, or no text. */
export function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) {
    return true;
  }
  if (isList(value)) {
    return value.some(hasUnknown);
  }
  return isMap(value) && Object.values(value).some(hasUnknown);
}

/** Deep equality; an unknown value equals nothing, `5` equals `"5"` (large numbers come as text). */
export function same(a: Value, b: Value): boolean {
  if (a instanceof Unknown || b instanceof Unknown) {
    return false;
  }
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((each, at) => same(each, b[at] ?? null));
  }
  if (isMap(a)) {
    return isMap(b) && sameMaps(a, b);
  }
  return a === b || sameScalars(a, b);
}

function sameMaps(a: ValueMap, b: ValueMap): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same(a[name] ?? null, b[name] ?? null));
}

function sameScalars(a: Value, b: Value): boolean {
  const text = typeof a === "number" && typeof b === "string" ? b : a;
  const number = typeof a === "number" ? a : b;
  return typeof text === "string" && typeof number === "number" && text === String(number);
}

const UNKNOWN_TYPE = 0;
const REFINED_UNKNOWN_TYPE = 12;

const codec = new ExtensionCodec();
codec.register({
  type: UNKNOWN_TYPE,
  decode: () => UNKNOWN,
  encode: (value) => (value instanceof Unknown ? Uint8Array.of(0) : null),
});
codec.register({ type: REFINED_UNKNOWN_TYPE, decode: () => UNKNOWN, encode: () => null });

function toValue(raw: unknown): Value {
  if (raw === null || raw instanceof Unknown) {
    return raw;
  }
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") {
    return raw;
  }
  if (Array.isArray(raw)) {
    return raw.map(toValue);
  }
  if (typeof raw === "object") {
    return Object.fromEntries(Object.entries(raw).map(([name, each]) => [name, toValue(each)]));
  }
  throw new TypeError(`A ${typeof raw} is no value of Terraform.`);
}
