import { DateTime } from "luxon";

/** `2026-03-01T00:00:00-0500`: how Meta writes instants of an ad account. */
export function metaTime(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ");
}
