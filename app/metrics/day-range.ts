import { z } from "zod";
import { addDays, countDays, type Day, type DayRange, isDay } from "~/lib/time";

/** The ranges that people choose by name, as they stand in the URL (`?range=last_30`). */
export const RANGE_PRESETS = ["today", "yesterday", "last_7", "last_30"] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];
export type RangeName = RangePreset | "custom";

export const DEFAULT_PRESET: RangePreset = "last_30";

/** Enough for any shop's whole history in one answer; more is a mistake or an attack. */
export const MAX_RANGE_DAYS = 15_000;

const day = z.string().refine(isDay, "must be a day that exists, written YYYY-MM-DD");

const between = z
  .object({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { message: "from must not be after to", path: ["from"] })
  .refine((range) => countDays(range) <= MAX_RANGE_DAYS, {
    message: `a range may hold ${MAX_RANGE_DAYS} days at most`,
    path: ["from"],
  });

/** The days of a preset, counted back from `today` (the shop's day); "last N" includes today. */
export function presetRange(preset: RangePreset, today: Day): DayRange {
  const back = { today: 0, yesterday: 1, last_7: 6, last_30: 29 }[preset];
  return { from: addDays(today, -back), to: preset === "yesterday" ? addDays(today, -1) : today };
}

/**
 * The API's range: `from` and `to`, both days of the shop, both inclusive; without either the
 * default preset. One of them alone, a day that does not exist, a reversed or an endless range are
 * refused with a ZodError whose messages can be shown.
 */
export function parseDayRange(query: URLSearchParams, today: Day): DayRange {
  const from = query.get("from");
  const to = query.get("to");
  if (from === null && to === null) return presetRange(DEFAULT_PRESET, today);
  return between.parse({ from: from ?? "", to: to ?? "" });
}

/**
 * The page's range: `range` (a preset, or `custom` with `from` and `to`). A page never fails on a
 * bad link: what cannot be read falls back to the `usual` preset and `problem` says so.
 */
export function parsePageRange(
  query: URLSearchParams,
  today: Day,
  usual: RangePreset = DEFAULT_PRESET,
): DayRange & { range: RangeName; problem: string | null } {
  const name = query.get("range");
  const preset = RANGE_PRESETS.find((candidate) => candidate === name);
  if (preset) return { range: preset, ...presetRange(preset, today), problem: null };
  const fallback = { range: usual, ...presetRange(usual, today) };
  if (name === null) return { ...fallback, problem: null };
  if (name !== "custom")
    return { ...fallback, problem: `There is no date range called "${name}".` };
  const custom = between.safeParse({ from: query.get("from"), to: query.get("to") });
  if (custom.success) return { range: "custom", ...custom.data, problem: null };
  return {
    ...fallback,
    problem: "That date range could not be read, so the usual days are shown.",
  };
}
