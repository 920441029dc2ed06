import type { MetricId } from "~/metrics/definitions";
import type { ShopMetrics } from "~/metrics/schema";

/** The figures of advertising on Home, in their order. */
export const MARKETING_METRICS = ["spend", "mer", "roas", "cac"] as const satisfies MetricId[];

export type MarketingTotals = Record<(typeof MARKETING_METRICS)[number], string | number | null>;

/** What a day took in and what its ads cost. Money in the shop's currency; null: not known. */
export interface MarketingPoint {
  /** A calendar date, of the shop and of the ad account alike. */
  date: string;
  revenue: string;
  spend: string | null;
  mer: string | null;
}

/** What Home shows of a connected ad account. */
export interface MarketingView {
  totals: MarketingTotals;
  /** null while the period before cannot be compared with. */
  totalsBefore: MarketingTotals | null;
  points: MarketingPoint[];
}

/** null while no ad account is chosen. */
export function marketingView(
  metrics: ShopMetrics,
  before: ShopMetrics | null,
): MarketingView | null {
  if (!metrics.marketing.connected) return null;
  return {
    totals: totalsOf(metrics),
    totalsBefore: before && totalsOf(before),
    points: metrics.daily.map(({ date, net_sales, spend, mer }) => ({
      date,
      revenue: String(net_sales ?? 0),
      spend: textOf(spend),
      mer: textOf(mer),
    })),
  };
}

function totalsOf({ totals: { spend, mer, roas, cac } }: ShopMetrics): MarketingTotals {
  return { spend, mer, roas, cac };
}

function textOf(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

/** No day of the range has a known spend: there is nothing to set against the sales. */
export function hasNoSpend(points: readonly MarketingPoint[]): boolean {
  return points.every(({ spend }) => spend === null || /^0(\.0+)?$/.test(spend));
}
