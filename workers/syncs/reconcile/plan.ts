import { addDays, type Day, type DayRange, shopDay } from "~/lib/time";
import type { Reconcilable } from "~/warehouse/reconciliation/reconcilable.server";

/** The newest days that are compared one by one. */
const RECENT_DAYS = 90;

export interface Plan {
  days: DayRange | null;
  history: DayRange | null;
  /** Older days that have differed ever since: they are looked at until they agree. */
  older: DayRange | null;
}

/** First days of what differed when it was last checked, by grain. */
export interface Standing {
  days: readonly Day[];
  months: readonly Day[];
}

/**
 * Which days of the shop are held against Shopify's report. Today is not over, and neither is, for
 * us, the day on which `watermark` lies: both stay out. Where Shopify shows the app only newer
 * orders, days that older ones take part in cannot agree and stay out too. The history before the
 * newest 90 days is compared once after each backfill, and again as long as a month of it differs.
 */
export function planReconciliation(
  shop: Reconcilable,
  standing: Standing,
  watermark: Date,
  now: Date,
): Plan {
  const { timezone, figuresCompleteFrom, historyCompleteAt, wholeCheckedAt, firstDay } = shop;
  const yesterday = addDays(shopDay(now, timezone), -1);
  const beforeWatermark = addDays(shopDay(watermark, timezone), -1);
  const to = yesterday < beforeWatermark ? yesterday : beforeWatermark;
  const firstWhole = figuresCompleteFrom
    ? addDays(shopDay(figuresCompleteFrom, timezone), 1)
    : null;
  const recent = addDays(to, 1 - RECENT_DAYS);
  const from = firstWhole !== null && firstWhole > recent ? firstWhole : recent;
  if (from > to) return { days: null, history: null, older: null };
  const earliest = firstWhole ?? firstDay ?? from;
  const checked =
    wholeCheckedAt !== null &&
    historyCompleteAt !== null &&
    wholeCheckedAt > historyCompleteAt &&
    standing.months.length === 0;
  const old = standing.days.filter((day) => day >= earliest && day < from).sort();
  const [first] = old;
  return {
    days: { from, to },
    older: first === undefined ? null : { from: first, to: old.at(-1) ?? first },
    history: checked ? null : { from: earliest < from ? earliest : from, to },
  };
}
