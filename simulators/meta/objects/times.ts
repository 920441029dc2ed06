import { DateTime } from "luxon";
import { invalidParameter } from "../graph/graph-error";
import type { Params } from "../graph/params";

/** `2026-03-01T00:00:00-0500`: how Meta writes instants of an ad account. */
export function metaTime(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ");
}

/** An instant that a call gives: ISO 8601, or seconds since 1970. Throws 100 on anything else. */
export function givenTime(params: Params, name: string, zone: string): number | null {
  const text = params.text(name);
  if (text === null) return null;
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1_000;
  const read = DateTime.fromISO(text, { zone });
  if (!read.isValid) throw invalidParameter(`Param ${name} must be a valid timestamp`);
  return read.toMillis();
}

/** `start_time` and the end's field as a new object shows them. Throws 100 on an end before its start. */
export function givenSpan(
  params: Params,
  end: "end_time" | "stop_time",
  at: number,
  zone: string,
): Record<string, string> {
  const from = givenTime(params, "start_time", zone) ?? at;
  const to = givenTime(params, "end_time", zone) ?? givenTime(params, end, zone);
  if (to !== null && to <= Math.max(from, at)) {
    throw invalidParameter(`Param ${end} must be after start_time and in the future`);
  }
  const start = { start_time: metaTime(from, zone) };
  return to === null ? start : { ...start, [end]: metaTime(to, zone) };
}
