/** One regular file of an archive; its name is relative, with `/`. */
export type Entry = {
  readonly name: string;
  readonly executable: boolean;
  readonly content: Uint8Array;
};

const BLOCK = 512;

/**
 * A ustar archive of regular files. The same entries give the same bytes: sorted by name, no
 * times, no owners. Throws when a name is longer than the format holds.
 */
export function writeTar(entries: readonly Entry[]): Uint8Array {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.flatMap((entry) => [header(entry), entry.content, padding(entry.content)]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** Reads what `writeTar` wrote. Throws for anything else: links, folders, names that lead outside. */
export function readTar(archive: Uint8Array): Entry[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const entries: Entry[] = [];
  let at = 0;
  while (at + BLOCK <= bytes.length && bytes[at] !== 0) {
    const head = bytes.subarray(at, at + BLOCK);
    const { name, executable, size } = readHeader(head);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length !== size) {
      throw new Error(`The archive is cut inside ${name}.`);
    }
    entries.push({ name, executable, content });
    at += BLOCK + size + padding(content).length;
  }
  return entries;
}

/** True for a relative name that stays where it is put. */
export function staysInside(name: string): boolean {
  const parts = name.split("/");
  return name !== "" && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

function header({ name, executable, content }: Entry): Uint8Array {
  const { prefix, base } = split(name);
  const head = Buffer.alloc(BLOCK);
  head.write(base, 0);
  head.write(executable ? "0000755\0" : "0000644\0", 100);
  head.write("0000000\0", 108);
  head.write("0000000\0", 116);
  head.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0", 136);
  head.write("0", 156);
  head.write("ustar\u000000", 257);
  head.write(prefix, 345);
  head.write(`${checksum(head).toString(8).padStart(6, "0")}\0 `, 148);
  return head;
}

/** Names over 100 bytes are cut at a `/` into a prefix of at most 155 and the rest. */
function split(name: string): { prefix: string; base: string } {
  if (!staysInside(name)) {
    throw new Error(`${name} is not a name inside the archive.`);
  }
  if (Buffer.byteLength(name) <= 100) {
    return { prefix: "", base: name };
  }
  const cuts = [...name.matchAll(/\//g)].map((mark) => mark.index);
  for (const cut of cuts) {
    const [prefix, base] = [name.slice(0, cut), name.slice(cut + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(base) <= 100) {
      return { prefix, base };
    }
  }
  throw new Error(`${name} is too long a path for an archive.`);
}

function readHeader(head: Buffer): { name: string; executable: boolean; size: number } {
  const prefix = text(head, 345, 155);
  const name = prefix === "" ? text(head, 0, 100) : `${prefix}/${text(head, 0, 100)}`;
  const size = Number.parseInt(text(head, 124, 12), 8);
  const sum = Number.parseInt(text(head, 148, 8), 8);
  if (sum !== checksum(head) || text(head, 156, 1) !== "0" || !(size >= 0)) {
    throw new Error("The archive holds something that is not a regular file.");
  }
  if (!staysInside(name)) {
    throw new Error(`The archive holds ${name}, which lies outside.`);
  }
  return { name, executable: text(head, 100, 7) === "0000755", size };
}

/** Sum of all bytes, its own field counted as blanks. */
function checksum(head: Uint8Array): number {
  return head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

function padding(content: Uint8Array): Uint8Array {
  return Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
}

function text(head: Buffer, from: number, length: number): string {
  const field = head.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString("utf8");
}
