/**
 * Money inside the store: integers in the currency's minor unit, so that a cent is never lost to a
 * float. `formatMoney` writes it as Shopify does: "55.0", "12.34", at least one decimal.
 */
const ZERO_DECIMALS = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "JPY",
  "KMF",
  "KRW",
  "PYG",
  "RWF",
  "UGX",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const THREE_DECIMALS = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);

/** Decimals of a currency's minor unit (ISO 4217): 2 for most, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  if (ZERO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** Minor units as Shopify writes an amount: trailing zeros cut, one decimal kept. */
export function formatMoney(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits).replace(/0+$/, "");
  return `${sign}${whole}.${fraction || "0"}`;
}

/** A decimal string ("102.43") in minor units. Throws when it is no number or finer than the currency. */
export function parseMoney(text: string, currency: string): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  const digits = minorDigits(currency);
  const fraction = (match?.[3] ?? "").replace(/0+$/, "");
  if (!match || fraction.length > digits) throw new Error(`Not an amount in ${currency}: ${text}`);
  const minor = Number(`${match[2]}${fraction.padEnd(digits, "0")}`);
  return match[1] && minor !== 0 ? -minor : minor;
}

/** value × numerator ÷ denominator of integers, rounded half away from zero. */
export function mulDiv(value: number, numerator: number, denominator: number): number {
  const plain = Math.abs(value * numerator);
  // Doubled and halved within 2^53 every step is exact, and far faster than BigInt.
  if (plain < 2 ** 51) {
    const rounded = Math.floor((2 * plain + denominator) / (2 * denominator));
    return value * numerator < 0 ? 0 - rounded : rounded;
  }
  const product = BigInt(value) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const magnitude = product < 0n ? -product : product;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return Number(product < 0n ? -rounded : rounded);
}

/**
 * Deals `total` over `weights`: each gets its whole cents, the odd cents go out one at a time from
 * the first weighted entry on, as Shopify does. All weights 0: everything stays undealt at 0.
 */
export function deal(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const sign = total < 0 ? -1 : 1;
  const shares = weights.map((weight) =>
    Number((BigInt(Math.abs(total)) * BigInt(weight)) / BigInt(sum)),
  );
  let left = Math.abs(total) - shares.reduce((a, b) => a + b, 0);
  for (let i = 0; left > 0; i = (i + 1) % shares.length) {
    if ((weights[i] ?? 0) === 0) continue;
    shares[i] = (shares[i] ?? 0) + 1;
    left -= 1;
  }
  return shares.map((share) => (share === 0 ? 0 : sign * share));
}

/**
 * What the last `units` of `of` units carry of `total`: the first units hold the odd cents, so
 * taking the last ones first never moves a cent that was already dealt.
 */
export function lastUnitsShare(total: number, units: number, of: number): number {
  const kept = of - units;
  const each = Math.trunc(total / of);
  const odd = total - each * of;
  return total - (each * kept + Math.sign(odd) * Math.min(kept, Math.abs(odd)));
}
