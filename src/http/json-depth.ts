const QUOTE = 0x22;
const ESCAPE = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** How deep lists and objects of a JSON text lie in each other; 0 for a bare value. */
export function depthOf(json: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inString && byte === ESCAPE) {
      at += 1;
    } else if (byte === QUOTE) {
      inString = !inString;
    } else if (!inString) {
      depth += stepAt(byte);
      deepest = Math.max(deepest, depth);
    }
  }
  return deepest;
}

function stepAt(byte: number): number {
  if (OPENING.has(byte)) {
    return 1;
  }
  return CLOSING.has(byte) ? -1 : 0;
}
