import type pg from "pg";
import { shopSettings } from "../shop-settings.server";
import { ordersByDay } from "./orders-sql";
import { paymentsByDay } from "./payments-sql";
import { salesByDay } from "./sales-sql";

interface RollupOptions {
  /** Overrides what the shop's row says, for the rollup that completes a history. */
  wholeHistory?: boolean;
}

/**
 * Makes `reporting.daily_shopify_metrics` of these days (or of all) anew from the facts: formulas
 * of metrics.md, days of the shop's zone, a row a day and currency, amounts in that currency. A
 * day that no longer holds anything is removed. Idempotent; runs in the caller's transaction.
 */
export async function rollupDays(
  client: pg.ClientBase,
  shopId: string,
  days: readonly string[] | "all",
  { wholeHistory }: RollupOptions = {},
): Promise<void> {
  if (days !== "all" && days.length === 0) return;
  const settings = await shopSettings(client, shopId);
  const whole = wholeHistory ?? settings.wholeHistory;
  const wanted = days === "all" ? null : days;
  await client.query(ROLLUP[days === "all" ? "all" : "some"], [
    shopId,
    settings.timezone,
    wanted,
    whole,
  ]);
}

const MONEY = [
  "gross_sales",
  "discounts",
  "returns",
  "net_sales",
  "shipping",
  "duties",
  "return_fees",
  "additional_fees",
  "tips",
  "taxes",
  "gift_cards_sold",
  "unclassified",
  "total_sales",
  "received",
  "refunded",
  "net_payments",
  "placed_sales",
];
const COUNTS = [
  "orders",
  "units",
  "units_returned",
  "new_customers",
  "returning_customers",
  "unknown_customers",
];
const DERIVED: Readonly<Record<string, string>> = {
  net_sales: "gross_sales - discounts - returns",
  total_sales:
    "gross_sales - discounts - returns + shipping + duties + taxes + return_fees + additional_fees",
  net_payments: "received - refunded",
};

/** The absent figures of a day are 0: the day was counted and held none. */
const COLUMNS = [...MONEY, ...COUNTS];
const SOURCES = COLUMNS.filter((column) => !(column in DERIVED));

function rollupStatement(all: boolean): string {
  const zeroed = SOURCES.map((column) => `coalesce(${column}, 0) AS ${column}`).join(", ");
  const values = COLUMNS.map((column) => DERIVED[column] ?? column).join(", ");
  const replaced = COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ");
  return `
    WITH joined AS (
      SELECT day, currency, ${zeroed}
      FROM (${salesByDay(all)}) AS sales
      FULL JOIN (${ordersByDay(all)}) AS placed USING (day, currency)
      FULL JOIN (${paymentsByDay(all)}) AS payments USING (day, currency)
    ), emptied AS (
      DELETE FROM reporting.daily_shopify_metrics AS m
      WHERE m.shop_id = $1 AND ($3::date[] IS NULL OR m.day = ANY ($3::date[]))
        AND NOT EXISTS (
          SELECT FROM joined WHERE joined.day = m.day AND joined.currency = m.currency)
    )
    INSERT INTO reporting.daily_shopify_metrics
      (shop_id, day, currency, ${COLUMNS.join(", ")}, updated_at)
    SELECT $1, day, currency, ${values}, now() FROM joined
    ON CONFLICT (shop_id, day, currency) DO UPDATE SET ${replaced}, updated_at = excluded.updated_at`;
}

const ROLLUP = { all: rollupStatement(true), some: rollupStatement(false) } as const;
