import type { Bound, Grain } from "./parse";

const dateOf = (day: number) => new Date(day * 86_400_000);

/** The number of the day that a bound names, seen from `today`. */
export function boundDay(bound: Bound, today: number): number {
  if (bound.kind === "date") return Date.parse(`${bound.text}T00:00:00Z`) / 86_400_000;
  if (bound.unit === "d") return today - bound.count;
  if (bound.unit === "w") return today - bound.count * 7;
  const months = bound.unit === "m" ? bound.count : bound.count * 12;
  const now = dateOf(today);
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1);
  const last = new Date(first);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  // The 31st of a month that has 30 days is its last.
  return first / 86_400_000 + Math.min(now.getUTCDate(), last.getUTCDate()) - 1;
}

/** First day of the period that holds a day. Weeks begin on Sunday (an assumption: not recorded). */
export function periodOf(day: number, grain: Grain): number {
  if (grain === "day") return day;
  const date = dateOf(day);
  return grain === "week" ? day - date.getUTCDay() : day - date.getUTCDate() + 1;
}

/** First days of all periods that touch [since, until]. */
export function periodsBetween(since: number, until: number, grain: Grain): number[] {
  const periods: number[] = [];
  let last: number | null = null;
  for (let day = since; day <= until; day += 1) {
    const period = periodOf(day, grain);
    if (period !== last) periods.push(period);
    last = period;
  }
  return periods;
}
