import { isSafeNumber, parse } from "lossless-json";

/**
 * A webhook's body. Ids exceed 2^53: a number that JavaScript would round comes as its digits.
 * undefined for what is not JSON.
 */
export function parsePayload(text: string): unknown {
  try {
    return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
  } catch {
    return undefined;
  }
}
