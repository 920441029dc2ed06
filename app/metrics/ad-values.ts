import Big from "big.js";
import { moneyString, ratioString } from "~/lib/money";
import { AD_METRICS, type AdMetricId } from "./definitions";
import type { MetricValue } from "./metric-values";

export type AdValues = Record<AdMetricId, MetricValue>;

/** Sums over any number of days of the ad accounts that count: decimal strings and integers. */
export interface AdSums {
  spend: string;
  impressions: number;
  clicks: number;
  link_clicks: number;
  /** A decimal string: Meta may credit parts of a purchase. */
  purchases: string;
  purchase_value: string;
}

/** What a day adds up to on which an ad account that is read did nothing. */
export const NO_ADS: AdSums = {
  spend: "0",
  impressions: 0,
  clicks: 0,
  link_clicks: 0,
  purchases: "0",
  purchase_value: "0",
};

/** The shop's side of the same days; null where it is not known for all of them. */
export interface ShopSide {
  net_sales: string | null;
  new_customers: number | null;
}

/** Nothing is known of the shop's side: what needs it has no value. */
export const UNKNOWN_SHOP_SIDE: ShopSide = { net_sales: null, new_customers: null };

type Formula = (ads: AdSums, shop: ShopSide, currency: string) => MetricValue;

const over = (numerator: string | null, denominator: string | number | null): string | null =>
  numerator === null || denominator === null ? null : ratioString(numerator, denominator);

const mer: Formula = ({ spend }, { net_sales }) => over(net_sales, spend);

const FORMULAS: Readonly<Record<AdMetricId, Formula>> = {
  spend: ({ spend }, _shop, currency) => moneyString(spend, currency),
  impressions: ({ impressions }) => impressions,
  clicks: ({ clicks }) => clicks,
  link_clicks: ({ link_clicks }) => link_clicks,
  ctr: ({ clicks, impressions }) => over(String(clicks), impressions),
  cpc: ({ spend, clicks }) => over(spend, clicks),
  cpm: ({ spend, impressions }) => over(new Big(spend).times(1000).toFixed(), impressions),
  purchases: ({ purchases }) => Number(purchases),
  purchase_value: ({ purchase_value }, _shop, currency) => moneyString(purchase_value, currency),
  cpa: ({ spend, purchases }) => over(spend, purchases),
  roas: ({ spend, purchase_value }) => over(purchase_value, spend),
  mer,
  platform_roas: mer,
  cac: ({ spend }, { new_customers }) => over(spend, new_customers),
};

/**
 * Sums of ads and of the shop on equal calendar dates → metric values (units: `definitions.ts`).
 * `ads` null: what was spent is not known, so nothing has a value.
 */
export function adValues(ads: AdSums | null, shop: ShopSide, currency: string): AdValues {
  return Object.fromEntries(
    AD_METRICS.map(({ id }) => [id, ads && FORMULAS[id](ads, shop, currency)]),
  ) as AdValues;
}
