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
  const writer: Writer = { bytes: Buffer.allocUnsafe(FIRST_BYTES), at: FIRST_BYTES };
  writeMessage(writer, message, value);
  return writer.bytes.subarray(writer.at);
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

/** Bytes stand from `at` to the end: written backwards, a length is known when its turn comes. */
type Writer = { bytes: Buffer; at: number };

const FIRST_BYTES = 1_024;

function writeMessage(writer: Writer, message: Message, value: object): void {
  for (const [name, content] of Object.entries(value).reverse()) {
    const field = message[name];
    if (field === undefined) {
      throw new Error(`The message has no field ${name}.`);
    }
    writeField(writer, field, content);
  }
}

function writeField(writer: Writer, field: Field, content: unknown): void {
  const [number, kind, repeated] = field;
  if (repeated === "list" && Array.isArray(content)) {
    content.toReversed().forEach((each: unknown) => writeOne(writer, [number, kind], each));
  } else if (repeated === "map" && typeof content === "object" && content !== null) {
    const entry: Message = { key: [1, "text"], value: [2, kind] };
    const entries = Object.entries(content).map(([key, value]) => ({ key, value }));
    entries.reverse().forEach((each) => writeOne(writer, [number, entry], each));
  } else if (kind === "index" || !EMPTY.has(content)) {
    writeOne(writer, field, content);
  }
}

const EMPTY: ReadonlySet<unknown> = new Set([undefined, null, 0, false, ""]);

function writeOne(writer: Writer, [number, kind]: Field, content: unknown): void {
  if (kind === "int" || kind === "index" || kind === "flag") {
    writeVarint(writer, Number(content));
    writeVarint(writer, number * 8 + VARINT);
    return;
  }
  const before = writer.bytes.length - writer.at;
  writeContent(writer, kind, content);
  writeVarint(writer, writer.bytes.length - writer.at - before);
  writeVarint(writer, number * 8 + DELIMITED);
}

function writeContent(writer: Writer, kind: "text" | "bytes" | Message, content: unknown): void {
  if (typeof content === "string") {
    const length = Buffer.byteLength(content);
    makeRoom(writer, length);
    writer.bytes.write(content, writer.at);
  } else if (content instanceof Uint8Array) {
    makeRoom(writer, content.length);
    writer.bytes.set(content, writer.at);
  } else if (typeof kind === "object" && typeof content === "object" && content !== null) {
    writeMessage(writer, kind, content);
  }
}

function writeVarint(writer: Writer, value: number): void {
  let length = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) {
    length += 1;
  }
  makeRoom(writer, length);
  let rest = value;
  for (let at = writer.at; at < writer.at + length; at += 1) {
    const isLast = at === writer.at + length - 1;
    writer.bytes[at] = (rest % 128) + (isLast ? 0 : 128);
    rest = Math.floor(rest / 128);
  }
}

/** Moves `at` down by so many bytes; the buffer grows at its front. */
function makeRoom(writer: Writer, length: number): void {
  if (writer.at < length) {
    const used = writer.bytes.length - writer.at;
    const grown = Buffer.allocUnsafe((used + length) * 2);
    writer.bytes.copy(grown, grown.length - used, writer.at);
    writer.at = grown.length - used;
    writer.bytes = grown;
  }
  writer.at -= length;
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
