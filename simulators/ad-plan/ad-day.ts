import type { Random } from "../shopify/store/random";
import { poisson } from "./chance";
import { makeConversions } from "./conversions";
import { dollars } from "./money";
import { auctionOf } from "./season";
import type { AdDay, AdPlanOptions, DayBounds, PlanAd } from "./types";

/** An ad set learns for its first week: dearer, less sure, fewer purchases. */
export const LEARNING_DAYS = 7;

/** What an ad's day of `budget` minor units comes to; null when it did not deliver. */
export function makeAdDay(
  options: AdPlanOptions,
  random: Random,
  ad: PlanAd,
  day: number,
  budget: number,
  bounds: DayBounds,
): AdDay | null {
  const learning = day - ad.adSet.startDay < LEARNING_DAYS;
  const pace = learning ? 0.5 + random.next() * 0.7 : 0.86 + random.next() * 0.22;
  const spend = Math.round(budget * pace);
  if (spend === 0) return null;
  const aware = ad.adSet.optimizationGoal === "THRUPLAY";
  const cpm = dollars(aware ? 5 : 11, options.currency) * auctionOf(day) * (learning ? 1.3 : 1);
  const impressions = Math.max(1, Math.round((spend / cpm) * 1000 * (0.85 + random.next() * 0.3)));
  const rate = 0.014 * ad.appeal * (aware ? 0.3 : 1);
  const clicks = Math.min(impressions, poisson(random, impressions * rate));
  const linkClicks = part(random, clicks, 0.72);
  const outboundClicks = part(random, linkClicks, 0.93);
  const landingPageViews = part(random, outboundClicks, 0.8);
  const viewContent = part(random, landingPageViews, 0.85);
  const addToCart = part(random, viewContent, 0.14);
  const cost = dollars(46, options.currency) * (learning ? 1.4 : 1);
  const purchases = poisson(random, (spend / cost) * ad.adSet.campaign.power * ad.appeal);
  const video = ad.creative.format === "VIDEO";
  return {
    ad,
    day,
    spend,
    impressions,
    reach: Math.max(1, Math.round(impressions / (1.05 + random.next() * 0.4))),
    clicks,
    linkClicks,
    outboundClicks,
    landingPageViews,
    viewContent,
    addToCart,
    initiateCheckout: part(random, addToCart, 0.55),
    leads:
      ad.adSet.campaign.objective === "OUTCOME_LEADS" ? part(random, landingPageViews, 0.2) : 0,
    videoPlays: video ? part(random, impressions, 0.62) : 0,
    conversions: makeConversions(options, random, purchases, bounds, video),
  };
}

function part(random: Random, of: number, share: number): number {
  return Math.min(of, Math.round(of * share * (0.85 + random.next() * 0.3)));
}
