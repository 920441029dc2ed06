import { DateTime } from "luxon";
import type { DayBounds } from "./types";

const DAY = 86_400_000;

/** Days since 1970-01-01 of `YYYY-MM-DD`. Throws on anything else. */
export function dayNumber(text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at)) throw new Error(`No day: ${text}`);
  return at / DAY;
}

export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** A zone's days, each asked of the calendar once. */
export class ZoneDays {
  private readonly known = new Map<number, DayBounds>();

  constructor(private readonly zone: string) {}

  bounds(day: number): DayBounds {
    const known = this.known.get(day);
    if (known) return known;
    const start = DateTime.fromISO(dayText(day), { zone: this.zone }).startOf("day");
    const made = { start: start.toMillis(), end: start.plus({ days: 1 }).toMillis() };
    this.known.set(day, made);
    return made;
  }

  dayAt(instant: number): number {
    return dayNumber(DateTime.fromMillis(instant, { zone: this.zone }).toFormat("yyyy-MM-dd"));
  }
}
