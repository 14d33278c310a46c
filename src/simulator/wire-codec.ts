/**
 * One field on the wire: its number and what it holds. `int` covers the protocol's int64, bool and
 * enumerations, whose values here are all small and not negative; an `index` is sent even when it
 * is zero, because its presence says which of several fields is meant.
 */
export type Field = readonly [number: number, kind: Kind, repeated?: "list" | "map"];
export type Kind = "text" | "bytes" | "int" | "index" | "flag" | Message;
export type Message = { readonly [name: string]: Field };

/** What a decoded message holds: fields that were not sent are absent. */
export type Decoded = { readonly [name: string]: unknown };

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;

/** Bytes of a message; fields that are absent, empty, zero or false take none. */
export function encodeMessage(message: Message, value: object): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, content] of Object.entries(value)) {
    const field = message[name];
    if (field === undefined) {
      throw new Error(`The message has no field ${name}.`);
    }
    encodeField(parts, field, content);
  }
  return Buffer.concat(parts);
}

/** Reads the fields that the message names and skips all others. Throws when the bytes are cut. */
export function decodeMessage(message: Message, bytes: Uint8Array): Decoded {
  const byNumber = new Map(
    Object.entries(message).map(([name, [number, kind]]) => [number, { name, kind }]),
  );
  const reader = { bytes, at: 0 };
  const found: Record<string, unknown> = {};
  while (reader.at < bytes.length) {
    const tag = readVarint(reader);
    const content = readContent(reader, tag % 8);
    const field = byNumber.get(Math.floor(tag / 8));
    if (field !== undefined) {
      found[field.name] = decodeContent(field.kind, content);
    }
  }
  return found;
}

function encodeField(parts: Uint8Array[], field: Field, content: unknown): void {
  const [number, kind, repeated] = field;
  if (repeated === "list" && Array.isArray(content)) {
    content.forEach((each: unknown) => encodeOne(parts, [number, kind], each));
  } else if (repeated === "map" && typeof content === "object" && content !== null) {
    const entry: Message = { key: [1, "text"], value: [2, kind] };
    const entries = Object.entries(content).map(([key, value]) => ({ key, value }));
    entries.forEach((each) => encodeOne(parts, [number, entry], each));
  } else if (kind === "index" || !EMPTY.has(content)) {
    encodeOne(parts, field, content);
  }
}

const EMPTY: ReadonlySet<unknown> = new Set([undefined, null, 0, false, ""]);

function encodeOne(parts: Uint8Array[], [number, kind]: Field, content: unknown): void {
  if (kind === "int" || kind === "index" || kind === "flag") {
    parts.push(varint(number * 8 + VARINT), varint(Number(content)));
    return;
  }
  const bytes = bytesOf(kind, content);
  parts.push(varint(number * 8 + DELIMITED), varint(bytes.length), bytes);
}

function bytesOf(kind: "text" | "bytes" | Message, content: unknown): Uint8Array {
  if (kind === "text") {
    return Buffer.from(String(content));
  }
  if (kind === "bytes") {
    return content instanceof Uint8Array ? content : new Uint8Array();
  }
  return encodeMessage(kind, typeof content === "object" && content !== null ? content : {});
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

type Reader = { readonly bytes: Uint8Array; at: number };

function readVarint(reader: Reader): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) {
      throw new Error("The message ends in the middle of a number.");
    }
    reader.at += 1;
    value += (byte % 128) * scale;
    if (byte < 128) {
      return value;
    }
  }
}

function readContent(reader: Reader, wireType: number): number | Uint8Array {
  if (wireType === VARINT) {
    return readVarint(reader);
  }
  const fixed = wireType === FIXED64 ? 8 : 4;
  const length = wireType === DELIMITED ? readVarint(reader) : fixed;
  const end = reader.at + length;
  if (end > reader.bytes.length) {
    throw new Error("The message ends in the middle of a field.");
  }
  const content = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return content;
}

function decodeContent(kind: Kind, content: number | Uint8Array): unknown {
  if (typeof content === "number") {
    return kind === "flag" ? content !== 0 : content;
  }
  if (kind === "text") {
    return Buffer.from(content).toString();
  }
  return typeof kind === "object" ? decodeMessage(kind, content) : content;
}
