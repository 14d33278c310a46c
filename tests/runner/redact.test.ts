import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor, MASK } from "#runner/redact.ts";

const SECRET = 'pa"ss/w<rd +1';
/** Every encoding there is changes something of it. */
const HARD = 'p@ss/w!rd "q" \\é(x)\n<1>+~';

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Go's url.QueryEscape and Terraform's urlencode() write it. */
function inQuery(text: string): string {
  const more = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, more)
    .replaceAll("%20", "+");
}

function lower(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

function inAscii(text: string): string {
  const escape = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/[^ -~]|[<>&]/g, escape);
}

describe("redaction", () => {
  test.each([
    ["as it is", SECRET],
    ["in a JSON string", JSON.stringify({ value: SECRET })],
    ["as Go writes JSON", '"pa\\"ss/w\\u003crd +1"'],
    ["in a URL", `https://x/?p=${encodeURIComponent(SECRET)}`],
    ["in a form", `p=${encodeURIComponent(SECRET).replaceAll("%20", "+")}`],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64 behind one byte", Buffer.from(`:${SECRET}`).toString("base64")],
    ["in base64 behind two bytes", Buffer.from(`u:${SECRET}:x`).toString("base64")],
  ])("takes a known value out %s", (_name, text) => {
    const shown = createRedactor([SECRET]).text(text);

    expect(shown).toContain(MASK);
    expect(shown.length).toBeLessThan(text.length);
  });

  test.each([
    ["JSON in JSON", json(json(HARD))],
    ["JSON in JSON in JSON", json(json(json(HARD)))],
    ["ASCII JSON", inAscii(json(HARD))],
    ["ASCII JSON in upper case", inAscii(json(HARD)).replace("\\u00e9", "\\u00E9")],
    ["ASCII JSON in JSON", json(inAscii(json(HARD)))],
    ["JSON with escaped slashes", json(HARD).replaceAll("/", "\\/")],
    ["a URL in lower case", lower(encodeURIComponent(HARD))],
    ["a query", inQuery(HARD)],
    ["a query in lower case", lower(inQuery(HARD))],
    ["a URL that keeps what it may", encodeURI(HARD)],
    ["text with Windows line ends", HARD.replaceAll("\n", "\r\n")],
    ["JSON with Windows line ends", json(HARD.replaceAll("\n", "\r\n"))],
  ])("takes all of a known value out of %s", (_name, text) => {
    expect(createRedactor([HARD]).text(`a ${text} z`)).toBe(`a ${MASK} z`);
  });

  test("takes out all of two values that overlap", () => {
    const redact = createRedactor(["password1-abcdefgh", "abcdefgh-supersecret"]);

    expect(redact.text("a password1-abcdefgh-supersecret z")).toBe(`a ${MASK} z`);
  });

  test("gets to the end of a line of nothing but backslashes or a value's beginning", () => {
    const redact = createRedactor(['\\"ab\\\\c', "aaaaaaaaaaaaaaaaaaaab"]);
    const lines = ["\\".repeat(200_000), "a".repeat(200_000)];

    const read = lines.map((line) => redact.text(line));

    expect(read).toEqual(lines);
  });

  test.each([
    "AKIAIOSFODNN7EXAMPLE",
    `ghp_${"a1".repeat(18)}`,
    "xoxb-1234567890-abcdefghij",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xx.c2lnbmF0dXJl",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
  ])("takes out what looks like a credential: %s", (credential) => {
    expect(createRedactor([]).text(`it is ${credential} here`)).toBe(`it is ${MASK} here`);
  });

  test("leaves other text and short values as they are", () => {
    expect(createRedactor(["abc"]).text("abc and more")).toBe("abc and more");
  });

  test("a secret cut anywhere over two pieces of a stream shows three characters at most", () => {
    for (let cut = 1; cut < SECRET.length; cut += 1) {
      const redact = createRedactor([SECRET]);

      const shown = [`a ${SECRET.slice(0, cut)}`, `${SECRET.slice(cut)} z`].map((piece) =>
        redact.piece("out", piece),
      );

      const rest = shown.join("").replaceAll(MASK, "");
      expect(rest.startsWith("a ") && rest.endsWith(" z")).toBe(true);
      expect(rest.length - 4).toBeLessThanOrEqual(3);
    }
  });

  test("a whole secret whose end may begin one, itself or another, is taken out of a piece whole", () => {
    const itself = createRedactor(["hunter2-hunter2"]).piece("x", "say hunter2-hunter2");
    const another = createRedactor(["first-ABCD", "ABCD-second"]).piece("x", "say first-ABCD");

    expect([itself, another]).toEqual([`say ${MASK}`, `say ${MASK}`]);
  });

  test("a private key that comes line by line is taken out of every line", () => {
    const redact = createRedactor([]);

    const shown = [
      "-----BEGIN PRIVATE KEY-----",
      "MIIEvQIBADAN",
      "-----END PRIVATE KEY-----",
      "end",
    ];

    expect(shown.map((line) => redact.piece("out", line))).toEqual([MASK, MASK, MASK, "end"]);
  });

  test("never leaves a known value in a text, whatever stands around it and however it is written", () => {
    const plain = (text: string) => text;
    const inJsonTwice = (text: string) => json(json(text));
    const inUrl = (text: string) => lower(inQuery(text));
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, unit: "binary" }).filter((value) => !MASK.includes(value)),
        fc.tuple(fc.string(), fc.string()),
        fc.constantFrom(plain, json, inJsonTwice, inUrl),
        (secret, [before, after], write) => {
          const written = write(secret);
          const shown = createRedactor([secret]).text(before + written + after);

          return !shown.replaceAll(MASK, "\u0000").includes(written);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test("a value that is learnt later is taken out from then on, beside those known before", () => {
  const redact = createRedactor(["correct-horse"]);
  const before = redact.text("battery-staple");

  redact.learn(["battery-staple"]);

  expect(before).toBe("battery-staple");
  expect(redact.text("correct-horse battery-staple")).toBe(`${MASK} ${MASK}`);
});
