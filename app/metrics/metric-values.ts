import Big from "big.js";
import { moneyString, ratioString } from "~/lib/money";
import { SALES_METRICS, type SalesMetricId } from "./definitions";

export type MetricValue = string | number | null;
export type SalesValues = Record<SalesMetricId, MetricValue>;

/** Metrics that are quotients of sums; all others are columns of the daily rollup. */
type RatioId = "aov" | "refund_rate";
type CountId = Extract<(typeof SALES_METRICS)[number], { unit: "count" }>["id"];
type MoneyId = Exclude<SalesMetricId, RatioId | CountId>;

/** Sums over any number of days: money as decimal strings, counts as integers. */
export type SalesSums = Record<MoneyId | "placed_sales", string> & Record<CountId, number>;

/** What a day adds up to on which nothing happened. */
export const NO_SALES: SalesSums = {
  gross_sales: "0",
  discounts: "0",
  returns: "0",
  net_sales: "0",
  shipping: "0",
  duties: "0",
  return_fees: "0",
  additional_fees: "0",
  tips: "0",
  taxes: "0",
  gift_cards_sold: "0",
  unclassified: "0",
  total_sales: "0",
  placed_sales: "0",
  received: "0",
  refunded: "0",
  net_payments: "0",
  orders: 0,
  units: 0,
  units_returned: 0,
  new_customers: 0,
  returning_customers: 0,
  unknown_customers: 0,
};

const ratios: Record<RatioId, (sums: SalesSums) => string | null> = {
  aov: (sums) => ratioString(sums.placed_sales, sums.orders),
  refund_rate: (sums) =>
    ratioString(sums.returns, new Big(sums.gross_sales).minus(sums.discounts).toFixed()),
};

const isRatio = (id: SalesMetricId): id is RatioId => id in ratios;

/** Of days whose orders are not all here yet: a sum over some of them would be a wrong number. */
export function noValues(): SalesValues {
  return Object.fromEntries(SALES_METRICS.map(({ id }) => [id, null])) as SalesValues;
}

/**
 * Sums → metric values as people and programs get them (units: `definitions.ts`). While the
 * history is incomplete, customers have no value: one whose first order is not here yet would pass
 * for a new one.
 */
export function metricValues(
  sums: SalesSums,
  currency: string,
  historyComplete: boolean,
): SalesValues {
  const value = (id: SalesMetricId, unit: string): MetricValue => {
    if (isRatio(id)) return ratios[id](sums);
    if (!historyComplete && (id === "new_customers" || id === "returning_customers")) return null;
    return unit === "money" ? moneyString(String(sums[id]), currency) : sums[id];
  };
  return Object.fromEntries(
    SALES_METRICS.map(({ id, unit }) => [id, value(id, unit)]),
  ) as SalesValues;
}
