import { dayNumber } from "./days";
import { adPlan } from "./index";
import type { AdPlanOptions, PlanAd } from "./types";

/** Days before a purchase on which its click can lie: 26 at most, and one for the hour that changes. */
const LONGEST_DELAY_DAYS = 27;

/** A purchase that began with a click on an ad. Instants are epoch milliseconds. */
export interface AdClick {
  ad: PlanAd;
  clickedAt: number;
  purchasedAt: number;
}

/**
 * The purchases that clicks brought about between two instants, in the order in which they were
 * made. Never more than `most`: by their luck some are left out, the same ones every time.
 */
export function adClicks(
  options: AdPlanOptions,
  span: { from: number; until: number; most: number },
): AdClick[] {
  const plan = adPlan(options);
  const found: (AdClick & { luck: number })[] = [];
  const last = plan.dayAt(span.until);
  const first = Math.max(dayNumber(options.from), plan.dayAt(span.from) - LONGEST_DELAY_DAYS);
  for (let day = first; day <= last; day += 1) {
    for (const { ad, conversions } of plan.days(day)) {
      for (const { via, touchedAt, purchasedAt, luck } of conversions) {
        if (via !== "click" || purchasedAt < span.from || purchasedAt > span.until) continue;
        found.push({ ad, clickedAt: touchedAt, purchasedAt, luck });
      }
    }
  }
  const lucky = found.sort((a, b) => a.luck - b.luck).slice(0, span.most);
  return lucky
    .sort((a, b) => a.purchasedAt - b.purchasedAt)
    .map(({ ad, clickedAt, purchasedAt }) => ({ ad, clickedAt, purchasedAt }));
}
