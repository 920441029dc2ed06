import { minorDigits } from "../money";
import { ReplayError } from "./replay-error";

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** An ISO instant with its offset: epoch milliseconds (whole seconds) and minutes east of UTC. */
export function readInstant(text: string, line: number): { at: number; offset: number } {
  const match = INSTANT.exec(text);
  if (!match) throw new ReplayError(line, `at is no ISO instant with an offset: ${quote(text)}`);
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const local = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  const written = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}`;
  // Date.UTC turns 30 February into March: what it made must read as written.
  if (new Date(local).toISOString().slice(0, 16) !== written || (second ?? 0) > 59) {
    throw new ReplayError(line, `at is no date of the calendar: ${quote(text)}`);
  }
  const offset = readOffset(match[7] ?? "Z");
  return { at: local - offset * 60_000, offset };
}

function readOffset(text: string): number {
  if (text === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith("-") ? -minutes : minutes;
}

/** A whole number of units, sign kept. */
export function readQuantity(text: string, line: number): number {
  if (!/^[+-]?\d{1,9}$/.test(text)) {
    throw new ReplayError(line, `quantity is no whole number: ${quote(text)}`);
  }
  return Number(text);
}

/** An exact decimal: `units` ÷ 10^`decimals`. */
export interface Decimal {
  units: bigint;
  decimals: number;
}

export function readDecimal(text: string, column: string, line: number): Decimal {
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) throw new ReplayError(line, `${column} is no number: ${quote(text)}`);
  const fraction = match[3] ?? "";
  const units = BigInt(`${match[2]}${fraction}`);
  return { units: match[1] === "-" ? -units : units, decimals: fraction.length };
}

/** quantity × price without sign, in minor units, rounded half up once. */
export function lineAmount(quantity: number, price: Decimal, currency: string): number {
  const exact = BigInt(Math.abs(quantity)) * (price.units < 0n ? -price.units : price.units);
  const scale = minorDigits(currency) - price.decimals;
  if (scale >= 0) return Number(exact * 10n ** BigInt(scale));
  const divisor = 10n ** BigInt(-scale);
  return Number((exact * 2n + divisor) / (divisor * 2n));
}

/** A cell as an error names it: short, so that a broken file does not fill the log. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
