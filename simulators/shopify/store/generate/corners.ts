import { DateTime } from "luxon";

const DAY = 86_400_000;
const HALF_HOUR = 1_800_000;

interface Span {
  days: number;
  now: Date;
  ianaTimezone: string;
}

/**
 * Instants at which a day of the shop's zone is easily taken for another, ascending: the last second
 * and the first of days, of those with 23 or 25 hours above all, and either side of each change of the
 * clock (so that an hour that comes twice, and one that never comes, have orders next to them).
 */
export function cornerInstants({ days, now, ianaTimezone }: Span): number[] {
  const today = DateTime.fromJSDate(now, { zone: ianaTimezone }).startOf("day");
  const instants = new Set<number>();
  const midnight = (day: DateTime) => {
    instants.add(day.toMillis());
    instants.add(day.toMillis() - 1000);
  };
  for (let back = days - 2; back > 0; back -= 1) {
    const day = today.minus({ days: back });
    const next = day.plus({ days: 1 }).startOf("day");
    if (back % 60 === 0) midnight(day);
    if (day.offset === next.offset) continue;
    midnight(day);
    midnight(next);
    const change = changeBetween(day, next);
    for (const at of [change - HALF_HOUR, change - 1000, change, change + HALF_HOUR]) {
      instants.add(at);
    }
  }
  return [...instants].filter((at) => at < now.getTime() - DAY).sort((a, b) => a - b);
}

/** The first instant with the later offset, to the second. */
function changeBetween(day: DateTime, next: DateTime): number {
  let [low, high] = [day.toMillis() / 1000, next.toMillis() / 1000];
  const zone = day.zoneName ?? "utc";
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (DateTime.fromSeconds(middle, { zone }).offset === next.offset) high = middle;
    else low = middle;
  }
  return high * 1000;
}
