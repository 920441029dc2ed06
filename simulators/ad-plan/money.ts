/**
 * Meta's minor units: amount × offset, where the offset is 1 for the currencies below and 100 for
 * all others, also those to which ISO 4217 gives three decimals.
 */
const OFFSET_ONE = new Set(
  ["CLP", "COP", "CRC", "HUF", "ISK", "IDR", "JPY", "KRW", "PYG", "TWD"].concat("VND"),
);

/** Whole units that a dollar buys, roughly: enough to make prices look at home. */
const PER_DOLLAR: Record<string, number> = {
  AUD: 1.5,
  CAD: 1.36,
  EUR: 0.92,
  GBP: 0.78,
  HUF: 360,
  ISK: 138,
  JPY: 150,
  KRW: 1_350,
  TWD: 32,
  VND: 25_000,
};

export function currencyOffset(currency: string): 1 | 100 {
  return OFFSET_ONE.has(currency) ? 1 : 100;
}

/** Minor units of a currency that about so many dollars are worth. */
export function dollars(amount: number, currency: string): number {
  return Math.round(amount * (PER_DOLLAR[currency] ?? 1) * currencyOffset(currency));
}

/** Minor units as insights write money: `"12.34"`, and `"1234"` where the offset is 1. */
export function majorUnits(minor: number, currency: string): string {
  if (currencyOffset(currency) === 1) return String(minor);
  const text = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}
