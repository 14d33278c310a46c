const LONGEST_BYTES = 1024 * 1024;
export const LONG_LINE = "[a line that is too long to show]";
const NEWLINE = 10;

export type Line = {
  readonly text: string;
  /** Offset just behind the line's newline. */
  readonly end: number;
};

export type LineSplitter = {
  /** Lines that are whole now; a cut one waits for the rest. */
  push(chunk: Uint8Array): Line[];
};

/**
 * Cuts bytes into lines, wherever the chunks end. A longer line (over 1 MB by default) is replaced
 * by a note: it must not fill the memory, and half of a JSON line is no text for people.
 */
export function splitLines(longestBytes = LONGEST_BYTES): LineSplitter {
  let kept: Uint8Array[] = [];
  let lineBytes = 0;
  let offset = 0;

  function keep(part: Uint8Array): void {
    lineBytes += part.length;
    if (lineBytes > longestBytes) {
      kept = [];
    } else if (part.length > 0) {
      // A copy: the caller reads the next chunk into the same buffer.
      kept.push(Buffer.from(part));
    }
  }

  function takeLine(): string {
    const text = lineBytes > longestBytes ? LONG_LINE : Buffer.concat(kept).toString("utf8");
    kept = [];
    lineBytes = 0;
    return text;
  }

  return {
    push(chunk) {
      const lines: Line[] = [];
      let from = 0;
      for (;;) {
        const at = chunk.indexOf(NEWLINE, from);
        keep(chunk.subarray(from, at === -1 ? chunk.length : at));
        if (at === -1) {
          break;
        }
        lines.push({ text: takeLine(), end: offset + at + 1 });
        from = at + 1;
      }
      offset += chunk.length;
      return lines;
    },
  };
}
