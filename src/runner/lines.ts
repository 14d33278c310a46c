const LONGEST_BYTES = 1024 * 1024;
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
 * Cuts bytes into lines, wherever the chunks end. Of a line over 1 MB only the first part is kept,
 * so that a provisioner cannot fill the memory.
 */
export function splitLines(): LineSplitter {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let offset = 0;

  function keep(part: Uint8Array): void {
    const room = part.subarray(0, Math.max(0, LONGEST_BYTES - keptBytes));
    if (room.length > 0) {
      // A copy: the caller reads the next chunk into the same buffer.
      kept.push(Buffer.from(room));
      keptBytes += room.length;
    }
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
        lines.push({ text: Buffer.concat(kept).toString("utf8"), end: offset + at + 1 });
        kept = [];
        keptBytes = 0;
        from = at + 1;
      }
      offset += chunk.length;
      return lines;
    },
  };
}
