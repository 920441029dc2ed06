const ESCAPED: Record<string, string> = {
  "/": "\\/",
  "&": "\\u0026",
  "<": "\\u003c",
  ">": "\\u003e",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/**
 * JSON as in Shopify's result files: `/` and `&` are escaped in the recordings; the encoder that
 * does both does `<`, `>` and the two line separators as well.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[/&<>\u2028\u2029]/g, (char) => ESCAPED[char] ?? char);
}
