import Big from "big.js";

export interface Change {
  direction: "up" | "down" | "same";
  /** The size of the change as a fraction of the value before, without a sign: "0.1250". */
  fraction: string;
  tone: "good" | "bad" | "neutral";
}

/**
 * How a value moved against the period before; null when there is nothing to compare with (no
 * value, or 0 before: from there no percentage leads anywhere).
 */
export function changeAgainst(
  value: string | number | null,
  before: string | number | null,
  higherIsBetter: boolean | null,
): Change | null {
  if (value === null || before === null) return null;
  const base = new Big(before);
  if (base.eq(0)) return null;
  const grown = new Big(value).minus(base);
  const fraction = grown.div(base).abs().toFixed(4);
  if (grown.eq(0)) return { direction: "same", fraction, tone: "neutral" };
  const up = grown.gt(0);
  const tone = higherIsBetter === null ? "neutral" : higherIsBetter === up ? "good" : "bad";
  return { direction: up ? "up" : "down", fraction, tone };
}
