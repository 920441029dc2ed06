import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exact-json";

const asText = { decimals: "text" } as const;

describe("JSON without rounding", () => {
  it("gives digits where a float would lose some", () => {
    const text = '{"id":9007199254740993,"n":[-12345678901234567890,7],"a":150.10,"e":1e3}';
    expect(parseExactJson(text, asText)).toEqual({
      id: "9007199254740993",
      n: ["-12345678901234567890", 7],
      a: "150.10",
      e: "1e3",
    });
    expect(parseExactJson(text, { decimals: "number" })).toMatchObject({ a: 150.1, e: 1000 });
  });

  it("leaves strings alone, whatever stands in them", () => {
    const value = { 'k"1': "12345678901234567890,", "\\": '{"a":1.5}', "é\\\\": 'x\\"1.5' };
    expect(parseExactJson(JSON.stringify(value), asText)).toEqual(value);
  });

  it("is JSON.parse for everything else", () => {
    const plain = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(plain, fc.integer({ min: 0, max: 3 }), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseExactJson(text, { decimals: "number" })).toEqual(withBigDigits(text));
      }),
    );
  });

  it.each(["01234567890123456789", "{12345678901234567890:1}", "1.2.3", "{", "", "[1.5 2.5]"])(
    "refuses %j as JSON.parse does",
    (text) => {
      expect(() => parseExactJson(text, asText)).toThrow(SyntaxError);
    },
  );
});

/** What JSON.parse gives, with whole numbers beyond 2^53 as their digits. */
function withBigDigits(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? expect.anything()
      : value,
  );
}
