import { IANAZone } from "luxon";

const QUARTER = 900_000;

/**
 * Days of a zone as numbers (days since 1970-01-01 of the zone's own calendar), quickly: the offset
 * is asked for once per quarter of an hour, since no zone moves its clocks between quarters.
 */
export class ZoneDays {
  private readonly zone: IANAZone;
  private readonly offsets = new Map<number, number>();

  constructor(name: string) {
    this.zone = IANAZone.create(name);
  }

  /** Minutes east of UTC at an instant (epoch milliseconds). */
  offset(at: number): number {
    const quarter = Math.floor(at / QUARTER);
    let offset = this.offsets.get(quarter);
    if (offset === undefined) {
      offset = this.zone.offset(quarter * QUARTER);
      this.offsets.set(quarter, offset);
    }
    return offset;
  }

  day(at: number): number {
    return Math.floor((at + this.offset(at) * 60_000) / 86_400_000);
  }
}

/** `2026-01-31` of a day's number. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
