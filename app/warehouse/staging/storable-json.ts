/** Escapes that jsonb refuses: NUL, and halves of surrogate pairs. Whole pairs may match too. */
const SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/;
const UNSTORABLE = /\0|\p{Surrogate}/gu;
const REPLACEMENT = "\ufffd";

/**
 * JSON text as Postgres can keep it: a NUL or a lone surrogate inside a string becomes U+FFFD.
 * Text without such escapes, which is nearly all of it, comes back untouched.
 */
export function storableJson(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return JSON.stringify(JSON.parse(text, (_key, value: unknown) => storable(value)));
}

function storable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), item]));
}

function storableText(text: string): string {
  return text.replace(UNSTORABLE, REPLACEMENT);
}
