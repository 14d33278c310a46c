/** What a key press means to a shell that has no terminal of its own. */
export type Keyed =
  | { readonly key: "echo"; readonly text: string }
  | { readonly key: "line"; readonly line: string }
  | { readonly key: "interrupt" }
  | { readonly key: "leave" };

export type LineEditor = { type(text: string): Keyed[] };

/**
 * One line at a time, as a terminal does it: echo, backspace, Ctrl-U, Ctrl-C, Ctrl-D on an empty
 * line. Arrow and function keys do nothing. A line is cut at 4,096 characters.
 */
export function lineEditor(): LineEditor {
  let line: string[] = [];
  function take(key: string): Keyed[] {
    switch (key) {
      case "\r":
      case "\n": {
        const done = line.join("");
        line = [];
        return [
          { key: "echo", text: "\r\n" },
          { key: "line", line: done },
        ];
      }
      case "\u007f":
      case "\b":
        return erase(line.pop());
      case "\u0015":
        return line.splice(0).toReversed().flatMap(erase);
      case "\u0003":
        line = [];
        return [{ key: "echo", text: "^C\r\n" }, { key: "interrupt" }];
      case "\u0004":
        return line.length === 0 ? [{ key: "leave" }] : [];
      default:
        return add(line, key);
    }
  }
  return { type: (text) => keysOf(text).flatMap(take) };
}

const LONGEST = 4_096;
// oxlint-disable-next-line no-control-regex -- keys are control characters
const ESCAPE = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/gsu;
// oxlint-disable-next-line no-control-regex -- what remains of them is not printable
const UNPRINTABLE = /^[\u0000-\u001f]$/u;

function keysOf(text: string): string[] {
  return Array.from(text.replace(ESCAPE, "").replaceAll("\r\n", "\r"));
}

function add(line: string[], key: string): Keyed[] {
  if (line.length >= LONGEST || UNPRINTABLE.test(key)) {
    return [];
  }
  line.push(key);
  return [{ key: "echo", text: key }];
}

function erase(key: string | undefined): Keyed[] {
  return key === undefined ? [] : [{ key: "echo", text: "\b \b".repeat(widthOf(key)) }];
}

/** Hangul, Han, Kana and full-width forms take two columns. */
function widthOf(key: string): number {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
    key,
  )
    ? 2
    : 1;
}
