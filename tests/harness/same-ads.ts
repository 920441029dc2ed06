import Big from "big.js";
import { expect } from "vitest";
import type { ShopMetrics } from "~/metrics/schema";
import {
  adsBy,
  noAds,
  quotient,
  sumOfAds,
  type TruthAdDay,
  writtenAds,
} from "../independent/ads-by-day";

type Row = Readonly<Record<string, string | number | null | undefined>>;

/**
 * Holds the ads of an answer against the independent computation over the stand-in's truth: all
 * figures of all days, and the totals. The answer's range must hold every day of the truth, and
 * begin within what is stored.
 */
export function expectSameAds(metrics: ShopMetrics, truth: readonly object[]): void {
  const expected = adsBy(truth as readonly TruthAdDay[]);
  const days = new Set(metrics.daily.map(({ date }) => date));
  const missing = [...expected.keys()].filter((day) => !days.has(day));
  expect(missing, "days of the truth outside the range that was asked for").toEqual([]);
  for (const { date, ...values } of metrics.daily) {
    expect(adFigures(values), date).toEqual(besideSales(expected.get(date) ?? noAds(), values));
  }
  const total = sumOfAds(expected.values());
  expect(adFigures(metrics.totals), "totals").toEqual(besideSales(total, metrics.totals));
}

function adFigures(values: Row): Row {
  const amount = (id: string) => new Big(values[id] ?? "NaN").toFixed(4);
  const ids = ["impressions", "clicks", "link_clicks", "purchases", "ctr", "cpc", "cpm", "cpa"];
  return {
    spend: amount("spend"),
    purchase_value: amount("purchase_value"),
    ...Object.fromEntries(
      [...ids, "roas", "mer", "platform_roas", "cac"].map((id) => [id, values[id]]),
    ),
  };
}

/** What sets ads against sales takes the sales of the same answer, which have a truth of their own. */
function besideSales(ads: ReturnType<typeof noAds>, sales: Row): Row {
  const mer = quotient(new Big(sales.net_sales ?? "NaN"), ads.spend);
  const cac = quotient(ads.spend, new Big(sales.new_customers ?? "NaN"));
  return { ...writtenAds(ads), mer, platform_roas: mer, cac };
}
