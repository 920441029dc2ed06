import Big from "big.js";

/**
 * Shopify's column for each metric that its sales report has, and the sign it has there: discounts and
 * returns are negative in the report.
 */
const COLUMNS: Record<string, { column: string; sign: 1 | -1 }> = {
  orders: { column: "orders", sign: 1 },
  gross_sales: { column: "gross_sales", sign: 1 },
  discounts: { column: "discounts", sign: -1 },
  returns: { column: "returns", sign: -1 },
  net_sales: { column: "net_sales", sign: 1 },
  shipping: { column: "shipping_charges", sign: 1 },
  duties: { column: "duties", sign: 1 },
  return_fees: { column: "return_fees", sign: 1 },
  additional_fees: { column: "additional_fees", sign: 1 },
  tips: { column: "tips", sign: 1 },
  taxes: { column: "taxes", sign: 1 },
  total_sales: { column: "total_sales", sign: 1 },
};

/** The question for every such column by day, both ends inclusive. */
export function reportQuestion(from: string, to: string): string {
  const columns = Object.values(COLUMNS).map(({ column }) => column);
  return `FROM sales SHOW ${columns.join(", ")} TIMESERIES day SINCE ${from} UNTIL ${to}`;
}

type Cells = Record<string, unknown>;

/** A day's metrics as the report has them, by the app's names and signs; a day it leaves out is zero. */
export function reportedDay(rows: readonly Cells[], day: string): Record<string, string> {
  const row = rows.find((one) => one.day === day);
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([metric, { column, sign }]) => [
      metric,
      written(new Big(String(row?.[column] ?? "0")).times(sign)),
    ]),
  );
}

/** The same metrics of a day as the app answers them. */
export function answeredDay(values: Cells): Record<string, string> {
  return Object.fromEntries(
    Object.keys(COLUMNS).map((metric) => [metric, written(new Big(String(values[metric])))]),
  );
}

/** By value: "1.5" and "1.50" are one, and so are 0 and -0. */
function written(value: Big): string {
  return value.eq(0) ? "0.0000" : value.toFixed(4);
}
