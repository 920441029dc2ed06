import { IANAZone } from "luxon";
import type { PurchaseLog } from "./read-log";

/** Tried in this order: a log in UTC is a shop in UTC, though London agrees with it all winter. */
const CANDIDATES = [
  "Etc/UTC",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Helsinki",
  "Asia/Tokyo",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "Australia/Sydney",
  "Pacific/Auckland",
  "America/Sao_Paulo",
];

/**
 * The zone whose offsets are those written in the log, so that a day of the log is a day of the
 * shop; a log with one whole-hour offset the year round gets the zone that never moves its clocks;
 * anything else UTC.
 */
export function zoneOfLog(log: Pick<PurchaseLog, "offsets" | "mixedOffsets">): string {
  const written = [...log.offsets];
  if (log.mixedOffsets || written.length === 0) return "Etc/UTC";
  for (const name of CANDIDATES) {
    const zone = IANAZone.create(name);
    if (written.every(([hour, offset]) => zone.offset(hour * 3_600_000) === offset)) return name;
  }
  const offset = written[0]?.[1] ?? 0;
  const fixed = written.every((entry) => entry[1] === offset) && offset % 60 === 0;
  // POSIX names these zones by the opposite sign: Etc/GMT+5 lies five hours west.
  const name = `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset) / 60}`;
  return fixed && IANAZone.isValidZone(name) ? name : "Etc/UTC";
}
