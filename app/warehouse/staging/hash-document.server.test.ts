import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashDocument } from "./hash-document.server";
import { storableJson } from "./storable-json";

const documents = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

describe("the hash of a document", () => {
  it("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const reversed = Object.fromEntries(Object.entries(document).reverse());
        expect(hashDocument(reversed).hash).toEqual(hashDocument(document).hash);
      }),
    );
  });

  it("changes with any value", () => {
    const hash = (document: Record<string, unknown>) => hashDocument(document).hash.toString("hex");
    expect(hash({ a: "1.0" })).not.toBe(hash({ a: "1.00" }));
    expect(hash({ a: [] })).not.toBe(hash({ a: null }));
    expect(hash({ a: [1, 2] })).not.toBe(hash({ a: [2, 1] }));
  });
});

describe("storable JSON", () => {
  it("leaves text alone that jsonb takes, escaped backslashes and whole pairs included", () => {
    for (const text of ['{"a":"b"}', '{"a":"\\\\u0000"}', '{"a":"😀"}', '{"a":"\\u0041"}']) {
      expect(JSON.parse(storableJson(text))).toEqual(JSON.parse(text));
    }
    expect(JSON.parse(storableJson('{"a":"\\ud83d\\ude00"}'))).toEqual({ a: "😀" });
  });

  it("replaces NUL and halves of pairs, in keys as well", () => {
    expect(JSON.parse(storableJson('{"k\\u0000":["x\\u0000y","\\ud83d"]}'))).toEqual({
      "k\ufffd": ["x\ufffdy", "\ufffd"],
    });
  });
});
