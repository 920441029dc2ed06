import { makeAdDay } from "./ad-day";
import { chanceOf } from "./chance";
import { dayNumber, ZoneDays } from "./days";
import { seasonOf } from "./season";
import { makeStructure } from "./structure";
import type { AdDay, AdPlan, AdPlanOptions, PlanAd, PlanAdSet, PlanCampaign, Span } from "./types";

/**
 * What an ad account runs and what comes of it, day by day: the one source of both stand-ins. Pure:
 * a seed gives the same campaigns, spend (minor units of the account's currency) and purchases, and
 * any day, also one after `to`, can be asked for at any time.
 */
export function adPlan(options: AdPlanOptions): AdPlan {
  const structure = makeStructure(options);
  const zone = new ZoneDays(options.zone);
  const first = dayNumber(options.from);
  const adsOf = new Map<PlanCampaign | PlanAdSet, PlanAd[]>();
  for (const ad of structure.ads) {
    const holder = holderOf(ad);
    adsOf.set(holder, [...(adsOf.get(holder) ?? []), ad]);
  }
  const known = new Map<number, AdDay[]>();

  const budgetOn = (holder: PlanCampaign | PlanAdSet, day: number): number | null => {
    if (!holder.budget) return null;
    if (holder.budget.kind === "lifetime") return holder.budget.amount;
    return Math.max(1, Math.round(holder.budget.amount * seasonOf(day, first)));
  };

  const dayOf = (ad: PlanAd, day: number): AdDay | null => {
    if (day < ad.startDay || chanceOf(options.seed, 2, day).chance(0.004)) return null;
    const random = chanceOf(options.seed, 3, ad.index, day);
    if (random.chance(0.02)) return null;
    const holder = holderOf(ad);
    const others = (adsOf.get(holder) ?? []).filter((one) => one !== ad && runs(one, day));
    const weights = others.reduce((sum, one) => sum + one.weight, ad.weight);
    const budget = ((budgetOn(holder, day) ?? 0) * ad.weight) / weights / daysOf(holder);
    return makeAdDay(options, random, ad, day, budget, zone.bounds(day));
  };

  return {
    options,
    ...structure,
    budgetOn,
    dayOf,
    days(day) {
      const remembered = known.get(day);
      if (remembered) return remembered;
      const made = structure.ads.flatMap((ad) => (runs(ad, day) ? (dayOf(ad, day) ?? []) : []));
      known.set(day, made);
      return made;
    },
    bounds: (day) => zone.bounds(day),
    dayAt: (instant) => zone.dayAt(instant),
  };
}

/** The campaign (CBO) or ad set (ABO) out of whose budget an ad is paid. */
export function holderOf(ad: PlanAd): PlanCampaign | PlanAdSet {
  return ad.adSet.budget ? ad.adSet : ad.adSet.campaign;
}

/** Over how many days a budget is spent: 1, or the life of what has a lifetime budget. */
function daysOf(holder: PlanCampaign | PlanAdSet): number {
  if (holder.budget?.kind !== "lifetime" || holder.endDay === null) return 1;
  return holder.endDay - holder.startDay;
}

/** Whether the plan lets an ad run on a day: itself, its ad set and its campaign. */
export function runs(ad: PlanAd, day: number): boolean {
  const alive = (span: Span) => day >= span.startDay && (span.endDay === null || day < span.endDay);
  return alive(ad) && alive(ad.adSet) && alive(ad.adSet.campaign);
}
