/** A string, or a number where JSON allows one: before a comma, a closing bracket, or the end. */
const TOKEN =
  /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(\.\d+)?(?:[eE][+-]?\d+)?(?=\s*(?:[,\]}]|$))/g;

interface Options {
  /** `text` for bodies that write money as numbers (`150.0`): a float would lose its digits. */
  decimals: "text" | "number";
}

/**
 * JSON.parse without rounding: a whole number that a float cannot hold (ids above 2^53) becomes the
 * string of its digits, and with `decimals: "text"` so does every number that is not whole. Throws
 * SyntaxError where JSON.parse does.
 */
export function parseExactJson(text: string, { decimals }: Options): unknown {
  return JSON.parse(
    text.replace(TOKEN, (token, fraction?: string) => {
      if (token.startsWith('"')) return token;
      const whole = fraction === undefined && !/[eE]/.test(token);
      if (whole) return Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
      return decimals === "text" ? `"${token}"` : token;
    }),
  );
}
