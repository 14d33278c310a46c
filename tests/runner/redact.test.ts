import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor, MASK } from "#runner/redact.ts";

const SECRET = 'pa"ss/w<rd +1';

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

  test("never leaves a known value in a text, whatever stands around it", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6 }).filter((value) => !MASK.includes(value)),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          const shown = createRedactor([secret]).text(before + secret + after);

          return !shown.replaceAll(MASK, "\u0000").includes(secret);
        },
      ),
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
