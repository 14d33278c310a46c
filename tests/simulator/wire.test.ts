import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CALLS } from "#simulator/protocol.ts";
import { schemaAnswer } from "#simulator/schema-answer.ts";
import { loadCatalogue } from "#simulator/schema/load.ts";
import { fromDynamic, fromJson, same, toDynamic, UNKNOWN, type Value } from "#simulator/values.ts";
import { decodeMessage, encodeMessage, type Message } from "#simulator/wire-codec.ts";

describe("messages", () => {
  const Inner: Message = { at: [3, "index"], name: [1, "text"] };
  const Outer: Message = {
    id: [1, "int"],
    yes: [2, "flag"],
    inner: [20, Inner],
    raw: [4, "bytes"],
    text: [5, "text"],
  };

  test("come back as they went, whatever they hold", () => {
    const content = fc.record({
      id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      yes: fc.constant(true),
      inner: fc.record({ at: fc.nat(), name: fc.string({ minLength: 1 }) }),
      raw: fc.uint8Array({ minLength: 1 }),
      text: fc.string({ minLength: 1, unit: "grapheme" }),
    });

    fc.assert(
      fc.property(content, (given) => {
        const back = decodeMessage(Outer, encodeMessage(Outer, given));

        expect({ ...back, raw: Array.from(Buffer.from(given.raw)) }).toEqual({
          ...given,
          raw: Array.from(given.raw),
        });
      }),
    );
  });

  test("are the bytes that the format's own page gives", () => {
    const bytes = encodeMessage({ a: [1, "int"], b: [2, "text"] }, { a: 150, b: "testing" });

    expect(bytes.toString("hex")).toBe("089601120774657374696e67");
  });

  test("send the first position of a list, and no other zero", () => {
    expect(encodeMessage(Inner, { at: 0 }).toString("hex")).toBe("1800");
    expect(encodeMessage(Outer, { id: 0, yes: false, text: "" })).toHaveLength(0);
  });

  test("skip fields that we do not know, and refuse to be cut", () => {
    const Newer: Message = { ...Outer, later: [30, "text"] };
    const bytes = encodeMessage(Newer, { id: 7, later: "unknown to us" });

    expect(decodeMessage(Outer, bytes)).toEqual({ id: 7 });
    expect(() => decodeMessage(Outer, bytes.subarray(0, bytes.length - 1))).toThrow(
      "ends in the middle",
    );
  });

  test("carry the whole catalogue of a cloud", () => {
    const answer = CALLS["GetSchema"]?.answer ?? {};

    const back = decodeMessage(
      answer,
      encodeMessage(answer, schemaAnswer(loadCatalogue("google"))),
    );

    expect(Object.keys(back)).toEqual(["provider", "resource_schemas", "data_source_schemas"]);
  });
});

describe("values", () => {
  test("come back as they went; what is not known stays unknown", () => {
    const value: Value = { id: UNKNOWN, list: [UNKNOWN, 1, "a", null, true], map: { a: 1.5 } };

    const { msgpack } = toDynamic(value);
    const back = fromDynamic({ msgpack: msgpack ?? new Uint8Array() });

    expect(back).toEqual(value);
    expect(Buffer.from(toDynamic(UNKNOWN).msgpack ?? []).toString("hex")).toBe("d40000");
  });

  test("a refined unknown is an unknown, JSON is read too, and nothing is null", () => {
    const refined = Uint8Array.from([0xc7, 0x03, 12, 0x81, 0x01, 0xc2]);

    expect(fromDynamic({ msgpack: refined })).toBe(UNKNOWN);
    expect(fromDynamic({ json: Buffer.from('{"a":[1]}') })).toEqual({ a: [1] });
    expect(fromDynamic(undefined)).toBeNull();
    expect(() => fromJson("{")).toThrow(SyntaxError);
  });

  test.each<[Value, Value, boolean]>([
    [5, "5", true],
    ["12345678901234567890123", "12345678901234567890123", true],
    [{ a: null }, {}, true],
    [[1, 2], [2, 1], false],
    [UNKNOWN, UNKNOWN, false],
    [true, "true", false],
    [{ a: [1] }, { a: [1] }, true],
    [[], {}, false],
  ])("%j and %j are the same: %s", (a, b, expected) => {
    expect(same(a, b)).toBe(expected);
  });
});
