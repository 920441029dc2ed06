import Big from "big.js";

/** How many decimals a currency is written with (ISO 4217 by way of Intl): USD 2, JPY 0, KWD 3. */
export function currencyDigits(currency: string): number {
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/**
 * A decimal string as the currency writes it: "15.0" in USD is "15.00". Decimals beyond the
 * currency's own that are not zero are kept: an amount is padded, never rounded.
 */
export function moneyString(amount: string | Big, currency: string): string {
  const exact = new Big(amount);
  const digits = currencyDigits(currency);
  const padded = exact.toFixed(digits);
  return new Big(padded).eq(exact) ? padded : exact.toFixed();
}

/**
 * The exact sum of decimal strings, with as many decimals as the most precise of them: "1.50" and
 * "2" make "3.50". Amounts of one currency; none make "0".
 */
export function sumMoney(amounts: readonly string[]): string {
  const decimals = amounts.reduce((most, amount) => Math.max(most, writtenDecimals(amount)), 0);
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)).toFixed(decimals);
}

function writtenDecimals(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}

/**
 * `numerator ÷ denominator` with 4 decimals, rounded half to even (metrics.md, conventions);
 * null when the denominator is 0: no value, never 0 and never infinity.
 */
export function ratioString(
  numerator: string | number,
  denominator: string | number,
): string | null {
  const divisor = new Big(denominator);
  if (divisor.eq(0)) return null;
  return divideHalfEven(new Big(numerator), divisor, 4);
}

/**
 * Long division on integers, so that the one rounding is the last one: dividing first and rounding
 * the rounded quotient afterwards would turn 0.00004999… into 0.0001.
 */
function divideHalfEven(numerator: Big, divisor: Big, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const [a, b] = toCommonIntegers(numerator, divisor);
  const negative = a < 0n !== b < 0n;
  const top = (a < 0n ? -a : a) * scale;
  const bottom = b < 0n ? -b : b;
  const floor = top / bottom;
  const twiceRest = (top % bottom) * 2n;
  const up = twiceRest > bottom || (twiceRest === bottom && floor % 2n === 1n);
  const rounded = up ? floor + 1n : floor;
  const digits = rounded.toString().padStart(decimals + 1, "0");
  const sign = negative && rounded !== 0n ? "-" : "";
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function toCommonIntegers(a: Big, b: Big): [bigint, bigint] {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  return [
    BigInt(a.toFixed(decimals).replace(".", "")),
    BigInt(b.toFixed(decimals).replace(".", "")),
  ];
}

function decimalsOf(value: Big): number {
  return value.toFixed().split(".")[1]?.length ?? 0;
}
