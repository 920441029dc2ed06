import Big from "big.js";

/**
 * The advertising table of the metrics' definitions, computed a second time: plain code over the
 * stand-in's truth (`GET /_sim/ad-accounts/:id/insights.jsonl`, a line for each ad and day), sharing
 * nothing with the app. Money is exact and in the ad account's currency; a day is a day of its zone.
 */
export interface TruthAdDay {
  campaign_id: string;
  date: string;
  spend: string;
  impressions: number;
  clicks: number;
  link_clicks: number;
  conversions: { known: boolean; counted: boolean; purchases: number; value: string }[];
}

export interface AdFigures {
  spend: Big;
  impressions: number;
  clicks: number;
  link_clicks: number;
  purchases: number;
  purchase_value: Big;
}

/** Sums by day, or by whatever else a line is filed under; ascending. */
export function adsBy(
  rows: Iterable<TruthAdDay>,
  keyOf: (row: TruthAdDay) => string = ({ date }) => date,
): Map<string, AdFigures> {
  const sums = new Map<string, AdFigures>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key) ?? noAds();
    sums.set(key, sum);
    sum.spend = sum.spend.plus(row.spend);
    sum.impressions += row.impressions;
    sum.clicks += row.clicks;
    sum.link_clicks += row.link_clicks;
    for (const conversion of row.conversions) {
      if (!conversion.known || !conversion.counted) continue;
      sum.purchases += conversion.purchases;
      sum.purchase_value = sum.purchase_value.plus(conversion.value);
    }
  }
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sum of several days. */
export function sumOfAds(days: Iterable<AdFigures>): AdFigures {
  const total = noAds();
  for (const day of days) {
    total.spend = total.spend.plus(day.spend);
    total.impressions += day.impressions;
    total.clicks += day.clicks;
    total.link_clicks += day.link_clicks;
    total.purchases += day.purchases;
    total.purchase_value = total.purchase_value.plus(day.purchase_value);
  }
  return total;
}

export function noAds(): AdFigures {
  const nothing = { impressions: 0, clicks: 0, link_clicks: 0, purchases: 0 };
  return { ...nothing, spend: new Big(0), purchase_value: new Big(0) };
}

/** Figures and ratios as they are compared: amounts by value, ratios with 4 decimals, half to even. */
export function writtenAds(sum: AdFigures): Record<string, string | number | null> {
  const { spend, purchase_value, impressions, clicks, link_clicks, purchases } = sum;
  return {
    spend: spend.toFixed(4),
    purchase_value: purchase_value.toFixed(4),
    impressions,
    clicks,
    link_clicks,
    purchases,
    ctr: quotient(new Big(clicks), new Big(impressions)),
    cpc: quotient(spend, new Big(clicks)),
    cpm: quotient(spend.times(1000), new Big(impressions)),
    cpa: quotient(spend, new Big(purchases)),
    roas: quotient(purchase_value, spend),
  };
}

/** 40 exact digits are enough to see on which side of a half it lies. */
export function quotient(top: Big, bottom: Big): string | null {
  if (bottom.eq(0)) return null;
  const Exact = Big();
  Exact.DP = 40;
  return new Exact(top.toFixed()).div(bottom.toFixed()).toFixed(4, Big.roundHalfEven);
}
