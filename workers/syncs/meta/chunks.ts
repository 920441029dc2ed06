import { DateTime } from "luxon";
import { z } from "zod";
import { addDays, type Day, type DayRange, todayIn } from "~/lib/time";
import {
  type AdAccountToSync,
  type CoverageChange,
  coverageChange,
} from "~/sync/ad-coverage.server";

/** Meta restates its figures for about four weeks: so many days, today's included, are read again. */
export const RESTATED_DAYS = 28;
/** Meta refuses a report that begins earlier; a day of margin, since its today may be another. */
const KEPT_MONTHS = 37;

/** Days of one ad account that are read by one report a level, and committed together. */
export const chunkSchema = z.object({
  adAccountId: z.string(),
  currency: z.string(),
  timezone: z.string(),
  /** HISTORY: never read before; RECENT: read again because Meta restates it. */
  kind: z.enum(["HISTORY", "RECENT"]),
  from: z.string(),
  to: z.string(),
  /** What is covered once this chunk is stored; null while later chunks are needed for that. */
  reached: coverageChange.nullable(),
  /** Meta's ids of the reports; null until they are asked for. */
  reports: z.object({ account: z.string().nullable(), campaign: z.string().nullable() }),
  askedAt: z.iso.datetime().nullable(),
});
export type Chunk = z.infer<typeof chunkSchema>;

/** The first day that Meta still tells of, in the ad account's zone. */
export function oldestDay(timezone: string, now: Date): Day {
  const day = DateTime.fromISO(todayIn(timezone, now), { zone: "utc" });
  return addDays(day.minus({ months: KEPT_MONTHS }).toFormat("yyyy-MM-dd"), 1);
}

/**
 * What has to be read so that every ad account is covered as far back as Meta tells and its restated
 * days are fresh: the newest days of all first, then each history, newest month first. `anew` reads
 * everything, whatever is stored.
 */
export function planChunks(
  accounts: readonly AdAccountToSync[],
  { now, anew }: { now: Date; anew: boolean },
): Chunk[] {
  const plans = accounts.map((account) => planAccount(account, now, anew));
  return [...plans.flatMap(({ recent }) => recent), ...plans.flatMap(({ history }) => history)];
}

function planAccount(
  account: AdAccountToSync,
  now: Date,
  anew: boolean,
): { recent: Chunk[]; history: Chunk[] } {
  const today = todayIn(account.timezone, now);
  const oldest = oldestDay(account.timezone, now);
  const watermark = now.toISOString();
  const { coverage } = account;
  if (anew || !coverage) {
    const all = { from: oldest, to: today };
    return { recent: [], history: historyChunks(account, all, { to: today, watermark }) };
  }
  const readTo = coverage.to < today ? coverage.to : today;
  const from = latest(addDays(readTo, 1 - RESTATED_DAYS), oldest);
  const known = from < coverage.from ? from : coverage.from;
  const missing = { from: oldest, to: addDays(known, -1) };
  const history = coverage.complete ? [] : historyChunks(account, missing, { watermark });
  const complete = coverage.complete || history.length === 0;
  const reached = { from, to: today, ...(complete ? { complete, watermark } : {}) };
  const recent = months({ from, to: today }).map((range) => chunk(account, "RECENT", range, null));
  const last = recent.at(-1);
  if (last) last.reached = reached;
  return { recent, history };
}

/** Each month moves the beginning of what is covered back; the last one completes it. */
function historyChunks(
  account: AdAccountToSync,
  range: DayRange,
  { watermark, ...reached }: CoverageChange,
): Chunk[] {
  const ranges = months(range);
  return ranges.map((month, index) => {
    const last = index === ranges.length - 1 ? { complete: true, watermark } : {};
    return chunk(account, "HISTORY", month, { ...reached, from: month.from, ...last });
  });
}

function chunk(
  { adAccountId, currency, timezone }: AdAccountToSync,
  kind: Chunk["kind"],
  { from, to }: DayRange,
  reached: CoverageChange | null,
): Chunk {
  const reports = { account: null, campaign: null };
  return { adAccountId, currency, timezone, kind, from, to, reached, reports, askedAt: null };
}

/** The range cut at the beginnings of months, newest piece first. Empty when it is reversed. */
function months({ from, to }: DayRange): DayRange[] {
  const pieces: DayRange[] = [];
  for (let end = to; end >= from; end = addDays(latest(`${end.slice(0, 8)}01`, from), -1)) {
    pieces.push({ from: latest(`${end.slice(0, 8)}01`, from), to: end });
  }
  return pieces;
}

/** Two halves of a chunk, the newer first, each to be asked for anew; null for a single day. */
export function splitChunk(whole: Chunk): [newer: Chunk, older: Chunk] | null {
  if (whole.from === whole.to) return null;
  const days = DateTime.fromISO(whole.to).diff(DateTime.fromISO(whole.from), "days").days;
  const middle = addDays(whole.from, Math.ceil(Math.round(days) / 2));
  const { complete: _complete, watermark: _watermark, ...reached } = whole.reached ?? {};
  const newer = whole.kind === "HISTORY" ? { ...reached, from: middle } : null;
  return [
    { ...unasked(whole), from: middle, reached: newer },
    { ...unasked(whole), to: addDays(middle, -1) },
  ];
}

/** The chunk without the reports it had: each copy gets its own. */
export function unasked(chunk: Chunk): Chunk {
  return { ...chunk, reports: { account: null, campaign: null }, askedAt: null };
}

function latest(a: Day, b: Day): Day {
  return a > b ? a : b;
}
