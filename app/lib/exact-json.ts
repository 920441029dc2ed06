import { isInteger, isSafeNumber, parse } from "lossless-json";

interface Options {
  /** `text` for bodies that write money as numbers (`150.0`): a float would lose its digits. */
  decimals: "text" | "number";
}

/**
 * JSON.parse without rounding: a whole number that a float cannot hold (ids above 2^53) becomes the
 * string of its digits, and with `decimals: "text"` so does every number that is not whole. Throws
 * SyntaxError for what is not JSON.
 */
export function parseExactJson(text: string, { decimals }: Options): unknown {
  return parse(text, undefined, (number) => {
    if (isInteger(number)) return isSafeNumber(number) ? Number(number) : number;
    return decimals === "text" ? number : Number(number);
  });
}
