import { DateTime } from "luxon";

/** A calendar day, `YYYY-MM-DD`, without a zone of its own: always the shop's day unless said. */
export type Day = string;

/** Both ends inclusive. */
export interface DayRange {
  from: Day;
  to: Day;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that exists in the calendar (`2026-02-30` does not). */
export function isDay(value: string): boolean {
  return DAY.test(value) && DateTime.fromISO(value, { zone: "utc" }).isValid;
}

/** The day on which `instant` falls in `zone` (IANA name), daylight saving included. */
export function shopDay(instant: Date, zone: string): Day {
  const local = DateTime.fromJSDate(instant, { zone });
  const day = local.toISODate();
  if (day === null) throw new RangeError(`no day for ${instant} in zone ${zone}`);
  return day;
}

/** Today in `zone`. */
export function todayIn(zone: string, now: Date = new Date()): Day {
  return shopDay(now, zone);
}

/** Calendar arithmetic: no zone, so no daylight saving can shift it. */
export function addDays(day: Day, count: number): Day {
  const moved = DateTime.fromISO(day, { zone: "utc" }).plus({ days: count }).toISODate();
  if (moved === null) throw new RangeError(`not a day: ${day}`);
  return moved;
}

/** How many days the range holds; 1 when both ends are the same day, less than 1 when reversed. */
export function countDays({ from, to }: DayRange): number {
  const start = DateTime.fromISO(from, { zone: "utc" });
  return DateTime.fromISO(to, { zone: "utc" }).diff(start, "days").days + 1;
}

/** Every day of the range, in order. */
export function listDays(range: DayRange): Day[] {
  return Array.from({ length: Math.max(0, countDays(range)) }, (_, i) => addDays(range.from, i));
}

/** The range of the same length that ends on the day before `range` begins. */
export function periodBefore(range: DayRange): DayRange {
  const length = countDays(range);
  return { from: addDays(range.from, -length), to: addDays(range.from, -1) };
}

/** The first instant of a day in `zone` and that of the next: 23 or 25 hours where clocks change. */
export function dayBounds(day: Day, zone: string): { from: Date; to: Date } {
  const start = DateTime.fromISO(day, { zone }).startOf("day");
  return { from: start.toJSDate(), to: start.plus({ days: 1 }).startOf("day").toJSDate() };
}
