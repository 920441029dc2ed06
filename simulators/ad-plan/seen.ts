import { deliveredBy } from "./season";
import type { AdDay, Conversion, DayBounds } from "./types";

/** From an instant to another an ad delivers at `rate` times its plan: 0 is paused, 2 a doubled budget. */
export interface Segment {
  from: number;
  to: number;
  rate: number;
}

/** A conversion with how often it truly happened: a doubled budget may bring it twice. */
export type SeenConversion = Conversion & { times: number };

/** An ad's day as far as it has come. Money in minor units. */
export type SeenDay = Omit<AdDay, "conversions"> & { conversions: SeenConversion[] };

/**
 * What has happened of an ad's day by an instant, purchases not yet known included. Every count is
 * the whole day's count times one share, rounded down: it only grows, and clicks never pass impressions.
 */
export function seenBy(whole: AdDay, bounds: DayBounds, at: number, segments: Segment[]): SeenDay {
  const length = bounds.end - bounds.start;
  const passed = (instant: number) => deliveredBy((instant - bounds.start) / length);
  let share = 0;
  for (const { from, to, rate } of segments) {
    if (from < at) share += rate * (passed(Math.min(to, at)) - passed(from));
  }
  const rateAt = (instant: number) =>
    segments.find(({ from, to }) => instant >= from && instant < to)?.rate ?? 0;
  // A sum of differences that make up the whole day may miss 1 by a hair.
  const of = (total: number) => Math.floor(total * share + 1e-9);
  return {
    ad: whole.ad,
    day: whole.day,
    spend: of(whole.spend),
    impressions: of(whole.impressions),
    reach: of(whole.reach),
    clicks: of(whole.clicks),
    linkClicks: of(whole.linkClicks),
    outboundClicks: of(whole.outboundClicks),
    landingPageViews: of(whole.landingPageViews),
    viewContent: of(whole.viewContent),
    addToCart: of(whole.addToCart),
    initiateCheckout: of(whole.initiateCheckout),
    leads: of(whole.leads),
    videoPlays: of(whole.videoPlays),
    conversions: whole.conversions.flatMap((one) => {
      if (one.touchedAt >= at) return [];
      const times = Math.floor(rateAt(one.touchedAt) + one.luck);
      return times > 0 ? [{ ...one, times }] : [];
    }),
  };
}
