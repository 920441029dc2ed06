/** A metric of a day, ours against Shopify's: decimal strings in the shop's currency. */
export interface ReconciledFigure {
  /** A metric's id, or `orders_off_…`: how many orders break an identity. */
  metric: string;
  ours: string;
  theirs: string;
  /** Ours − theirs. */
  difference: string;
  /** What ours was before it was repaired; null when it never differed. */
  oursBefore: string | null;
}

/** A day of the shop that was checked. */
export interface ReconciledDay {
  day: string;
  /** ISO. */
  checkedAt: string;
  state: "EQUAL" | "REPAIRED" | "DIFFERS";
  /** Total sales on both sides; null where Shopify's report may not be read. */
  total: { ours: string; theirs: string } | null;
  /** What differs or was repaired. */
  figures: ReconciledFigure[];
}

/** The newest reconciliation as a whole. */
export interface ReconciliationSummary {
  /** SHOPIFYQL: against Shopify's report. IDENTITIES: without it, by each order's own totals. */
  method: "SHOPIFYQL" | "IDENTITIES" | null;
  /** ISO. */
  checkedAt: string;
  currency: string;
  days: number;
  daysDiffering: number;
  daysRepaired: number;
  /** Orders that Shopify counted, and that were stored then. */
  ordersCounted: number;
  ordersStored: number;
  ordersFound: number;
  ordersDeleted: number;
  failure: string | null;
}

export interface Reconciliation {
  /** Null before the first. */
  latest: ReconciliationSummary | null;
  /** Newest first. */
  days: ReconciledDay[];
}
