import { addDays, type DayRange, shopDay } from "~/lib/time";
import type { Reconcilable } from "~/warehouse/reconciliation/reconcilable.server";

/** The newest days that are compared one by one. */
const RECENT_DAYS = 90;

export interface Plan {
  days: DayRange | null;
  history: DayRange | null;
}

/**
 * Which days of the shop are held against Shopify's report. Today is not over, and neither is, for
 * us, the day on which `watermark` lies: both stay out. Where Shopify shows the app only newer
 * orders, days that older ones take part in cannot agree and stay out too. The history before the
 * newest 90 days is compared once after each backfill.
 */
export function planReconciliation(shop: Reconcilable, watermark: Date, now: Date): Plan {
  const { timezone, figuresCompleteFrom, historyCompleteAt, wholeCheckedAt, firstDay } = shop;
  const yesterday = addDays(shopDay(now, timezone), -1);
  const beforeWatermark = addDays(shopDay(watermark, timezone), -1);
  const to = yesterday < beforeWatermark ? yesterday : beforeWatermark;
  const firstWhole = figuresCompleteFrom
    ? addDays(shopDay(figuresCompleteFrom, timezone), 1)
    : null;
  const recent = addDays(to, 1 - RECENT_DAYS);
  const from = firstWhole !== null && firstWhole > recent ? firstWhole : recent;
  if (from > to) return { days: null, history: null };
  const earliest = firstWhole ?? firstDay ?? from;
  const checked =
    wholeCheckedAt !== null && historyCompleteAt !== null && wholeCheckedAt > historyCompleteAt;
  return {
    days: { from, to },
    history: checked ? null : { from: earliest < from ? earliest : from, to },
  };
}
