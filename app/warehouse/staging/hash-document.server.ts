import { createHash } from "node:crypto";
import stringify from "safe-stable-stringify";
import { storableJson } from "./storable-json";

export interface HashedDocument<Document extends object> {
  /** The document as it can be stored; the one given, unless something in it had to be replaced. */
  document: Document;
  /** Canonical JSON: keys sorted, so that equal documents are equal texts. */
  text: string;
  /** SHA-256 of the text. */
  hash: Buffer;
}

/** The canonical text of a raw document and its hash: the same on every road. */
export function hashDocument<Document extends object>(given: Document): HashedDocument<Document> {
  const canonical = stringify(given) ?? "null";
  const text = storableJson(canonical);
  const document: Document = text === canonical ? given : JSON.parse(text);
  return { document, text, hash: createHash("sha256").update(text).digest() };
}
