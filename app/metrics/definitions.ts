/**
 * The one list of what Merit measures (the shared metrics reference): pages, tooltips, the API and
 * its schema are made from it. Adding a metric here without a column or a formula in
 * `metric-values.ts` or `ad-values.ts` does not compile.
 *
 * `unit`: `money` adds up and is a decimal string in the shop's currency; `count` adds up and is an
 * integer, unless `periodTotal` says that the period has its own question (`fractional`: Meta may
 * credit a part of one); `ratio` is a quotient of sums with 4 decimals (a part of a whole),
 * `multiple` the same (how many times the one holds the other), `moneyRatio` the same in the shop's
 * currency.
 *
 * Over 300 lines because it is a list, and is to be read as one.
 */
export interface MetricDefinition {
  id: string;
  label: string;
  unit: "money" | "count" | "ratio" | "multiple" | "moneyRatio";
  /** In words, for tooltips and the API description. */
  formula: string;
  /** null: more of it is neither good nor bad. */
  higherIsBetter: boolean | null;
  source: "sales ledger" | "orders" | "transactions" | "Meta" | "sales ledger and Meta";
  /** `distinct`: a person counts once in a period, so days do not add up to it. */
  periodTotal?: "distinct";
  fractional?: true;
}

export const SALES_METRICS = [
  {
    id: "gross_sales",
    label: "Gross sales",
    unit: "money",
    formula: "Products sold, before discounts, returns, taxes and shipping",
    higherIsBetter: true,
    source: "sales ledger",
  },
  {
    id: "discounts",
    label: "Discounts",
    unit: "money",
    formula: "Discounts on products, before taxes",
    higherIsBetter: false,
    source: "sales ledger",
  },
  {
    id: "returns",
    label: "Returns",
    unit: "money",
    formula:
      "Products refunded, returned, removed by edits or cancelled, after discounts and before taxes, on the day it happened",
    higherIsBetter: false,
    source: "sales ledger",
  },
  {
    id: "net_sales",
    label: "Net sales",
    unit: "money",
    formula: "Gross sales less discounts less returns",
    higherIsBetter: true,
    source: "sales ledger",
  },
  {
    id: "shipping",
    label: "Shipping",
    unit: "money",
    formula: "Shipping charged less shipping refunded, before taxes",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "duties",
    label: "Duties",
    unit: "money",
    formula: "Duties charged less duties refunded, before taxes",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "return_fees",
    label: "Return fees",
    unit: "money",
    formula: "Restocking and return shipping fees, before taxes",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "additional_fees",
    label: "Additional fees",
    unit: "money",
    formula: "Additional fees on orders, before taxes",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "tips",
    label: "Tips",
    unit: "money",
    formula: "Tips received less tips refunded; in no other figure",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "taxes",
    label: "Taxes",
    unit: "money",
    formula: "Taxes charged less taxes refunded, of all but gift cards",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "gift_cards_sold",
    label: "Gift cards sold",
    unit: "money",
    formula: "Gift cards sold: a liability, in no other figure",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "unclassified",
    label: "Unclassified",
    unit: "money",
    formula:
      "Sales of a kind that Shopify itself calls unknown; not zero means that something is off",
    higherIsBetter: null,
    source: "sales ledger",
  },
  {
    id: "total_sales",
    label: "Total sales",
    unit: "money",
    formula: "Net sales plus shipping, duties, taxes, return fees and additional fees; tips apart",
    higherIsBetter: true,
    source: "sales ledger",
  },
  {
    id: "orders",
    label: "Orders",
    unit: "count",
    formula: "Orders placed; cancelled ones count on the day they were placed, test orders never",
    higherIsBetter: true,
    source: "orders",
  },
  {
    id: "units",
    label: "Units sold",
    unit: "count",
    formula: "Pieces of products ordered or added by edits",
    higherIsBetter: true,
    source: "sales ledger",
  },
  {
    id: "units_returned",
    label: "Units returned",
    unit: "count",
    formula: "Pieces of products refunded, returned or removed by edits",
    higherIsBetter: false,
    source: "sales ledger",
  },
  {
    id: "aov",
    label: "Average order value",
    unit: "moneyRatio",
    formula:
      "Products as ordered, after discounts and before taxes, without what was changed later, divided by orders",
    higherIsBetter: true,
    source: "sales ledger",
  },
  {
    id: "new_customers",
    label: "New customers",
    unit: "count",
    formula:
      "Customers whose first order falls in the period; guests are known by email, else phone",
    higherIsBetter: true,
    source: "orders",
  },
  {
    id: "returning_customers",
    label: "Returning customers",
    unit: "count",
    formula:
      "Customers with an order in the period and a first order on an earlier day; each counts once in a period",
    higherIsBetter: true,
    source: "orders",
    periodTotal: "distinct",
  },
  {
    id: "unknown_customers",
    label: "Orders of unknown customers",
    unit: "count",
    formula: "Orders with neither customer, email nor phone, such as anonymous sales in a store",
    higherIsBetter: null,
    source: "orders",
  },
  {
    id: "refund_rate",
    label: "Refund rate",
    unit: "ratio",
    formula: "Returns divided by gross sales less discounts",
    higherIsBetter: false,
    source: "sales ledger",
  },
  {
    id: "received",
    label: "Payments received",
    unit: "money",
    formula: "Successful sales and captures less change given, by the day of the payment",
    higherIsBetter: true,
    source: "transactions",
  },
  {
    id: "refunded",
    label: "Payments refunded",
    unit: "money",
    formula: "Successful refunds, by the day of the payment",
    higherIsBetter: false,
    source: "transactions",
  },
  {
    id: "net_payments",
    label: "Net payments",
    unit: "money",
    formula: "Payments received less payments refunded",
    higherIsBetter: true,
    source: "transactions",
  },
] as const satisfies readonly MetricDefinition[];

export const AD_METRICS = [
  {
    id: "spend",
    label: "Spend",
    unit: "money",
    formula: "What the ad account spent, by its own days",
    higherIsBetter: null,
    source: "Meta",
  },
  {
    id: "impressions",
    label: "Impressions",
    unit: "count",
    formula: "How often ads were on a screen",
    higherIsBetter: true,
    source: "Meta",
  },
  {
    id: "clicks",
    label: "Clicks",
    unit: "count",
    formula: "Clicks on ads of every kind",
    higherIsBetter: true,
    source: "Meta",
  },
  {
    id: "link_clicks",
    label: "Link clicks",
    unit: "count",
    formula: "Clicks on links inside ads",
    higherIsBetter: true,
    source: "Meta",
  },
  {
    id: "ctr",
    label: "Click-through rate",
    unit: "ratio",
    formula: "Clicks divided by impressions",
    higherIsBetter: true,
    source: "Meta",
  },
  {
    id: "cpc",
    label: "Cost per click",
    unit: "moneyRatio",
    formula: "Spend divided by clicks",
    higherIsBetter: false,
    source: "Meta",
  },
  {
    id: "cpm",
    label: "Cost per 1,000 impressions",
    unit: "moneyRatio",
    formula: "1,000 times spend divided by impressions",
    higherIsBetter: false,
    source: "Meta",
  },
  {
    id: "purchases",
    label: "Purchases by Meta",
    unit: "count",
    formula: "Purchases that Meta attributes to ads, each counted once",
    higherIsBetter: true,
    source: "Meta",
    fractional: true,
  },
  {
    id: "purchase_value",
    label: "Purchase value by Meta",
    unit: "money",
    formula: "Value of the purchases that Meta attributes to ads",
    higherIsBetter: true,
    source: "Meta",
  },
  {
    id: "cpa",
    label: "Cost per purchase",
    unit: "moneyRatio",
    formula: "Spend divided by the purchases that Meta attributes to ads",
    higherIsBetter: false,
    source: "Meta",
  },
  {
    id: "roas",
    label: "Meta ROAS",
    unit: "multiple",
    formula: "Purchase value that Meta attributes to ads divided by spend",
    higherIsBetter: true,
    source: "Meta",
  },
  {
    id: "mer",
    label: "MER",
    unit: "multiple",
    formula:
      "Net sales divided by all marketing spend, on equal calendar dates of shop and ad account",
    higherIsBetter: true,
    source: "sales ledger and Meta",
  },
  {
    id: "platform_roas",
    label: "Platform ROAS",
    unit: "multiple",
    formula: "Net sales divided by this platform's spend; equals MER while Meta is the only one",
    higherIsBetter: true,
    source: "sales ledger and Meta",
  },
  {
    id: "cac",
    label: "Customer acquisition cost",
    unit: "moneyRatio",
    formula: "Spend divided by new customers",
    higherIsBetter: false,
    source: "sales ledger and Meta",
  },
] as const satisfies readonly MetricDefinition[];

/** Every metric, in the order in which they are listed. */
export const METRICS: readonly MetricDefinition[] = [...SALES_METRICS, ...AD_METRICS];

export type SalesMetricId = (typeof SALES_METRICS)[number]["id"];
export type AdMetricId = (typeof AD_METRICS)[number]["id"];
export type MetricId = SalesMetricId | AdMetricId;

const byId = new Map<string, MetricDefinition>(METRICS.map((metric) => [metric.id, metric]));

/** The definition of a metric. */
export function metricDefinition(id: MetricId): MetricDefinition {
  const found = byId.get(id);
  if (!found) throw new Error(`no metric ${id}`);
  return found;
}
