import { describe, expect, test } from "vitest";
import { lineEditor, type Keyed } from "#sandbox/line-editor.ts";

function lines(keys: readonly Keyed[]): string[] {
  return keys.flatMap((keyed) => (keyed.key === "line" ? [keyed.line] : []));
}

function echo(keys: readonly Keyed[]): string {
  return keys.map((keyed) => (keyed.key === "echo" ? keyed.text : "")).join("");
}

describe("the line editor", () => {
  test("echoes what is typed and gives the line away at Enter", () => {
    const keys = lineEditor().type("ls -la\r");

    expect(lines(keys)).toEqual(["ls -la"]);
    expect(echo(keys)).toBe("ls -la\r\n");
  });

  test("takes a pasted text line by line", () => {
    const keys = lineEditor().type("one\r\ntwo\nthree");

    expect(lines(keys)).toEqual(["one", "two"]);
  });

  test("rubs out as many columns as the letter took", () => {
    const editor = lineEditor();
    editor.type("a한");

    const korean = echo(editor.type("\u007f"));
    const latin = echo(editor.type("\u007f"));
    const nothing = echo(editor.type("\u007f"));

    expect([korean, latin, nothing]).toEqual(["\b \b\b \b", "\b \b", ""]);
  });

  test("forgets the line at Ctrl-C and leaves at Ctrl-D only when it is empty", () => {
    const editor = lineEditor();
    const whileTyping = editor.type("ab\u0004");

    const interrupted = editor.type("\u0003");
    const leaving = editor.type("\u0004");

    expect(whileTyping.some(({ key }) => key === "leave")).toBe(false);
    expect(interrupted.some(({ key }) => key === "interrupt")).toBe(true);
    expect(leaving).toEqual([{ key: "leave" }]);
  });

  test("lets no control or escape sequence into a line", () => {
    const keys = lineEditor().type("a\u001b[A\u001b]0;title\u0007\u0001b\r");

    expect(lines(keys)).toHaveLength(1);
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(lines(keys)[0]).not.toMatch(/[\u0000-\u001f]/);
  });

  test("cuts a line that is longer than any command", () => {
    const keys = lineEditor().type(`${"x".repeat(10_000)}\r`);

    expect(lines(keys)[0]).toHaveLength(4_096);
  });
});
