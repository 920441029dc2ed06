import { createHash } from "node:crypto";
import stringify from "safe-stable-stringify";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { storableJson } from "./storable-json";

export interface HashedDocument {
  /** Canonical JSON: keys sorted, so that equal documents are equal texts. */
  text: string;
  /** SHA-256 of the text. */
  hash: Buffer;
}

/** The canonical text of a raw document and its hash: the same on every road. */
export function hashDocument(document: RawOrder): HashedDocument {
  const text = storableJson(stringify(document) ?? "null");
  return { text, hash: createHash("sha256").update(text).digest() };
}
