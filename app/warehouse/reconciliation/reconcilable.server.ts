import type pg from "pg";
import { z } from "zod";

const rowSchema = z.object({
  currency: z.string().nullable(),
  timezone: z.string().nullable(),
  history_complete_at: z.date().nullable(),
  figures_complete_from: z.date().nullable(),
  whole: z.boolean(),
  first_day: z.string().nullable(),
  whole_checked_at: z.date().nullable(),
});

/** What decides which days of a shop can be held against Shopify's report. */
export interface Reconcilable {
  /** ISO 4217: the report's. */
  currency: string;
  /** IANA name. */
  timezone: string;
  historyCompleteAt: Date | null;
  /** Set where Shopify shows only the orders created after it. */
  figuresCompleteFrom: Date | null;
  /** Whether Shopify shows the app every order. */
  seesAllOrders: boolean;
  /** The first day with a figure; null without any. */
  firstDay: string | null;
  /** When the whole history was last compared: with the report, where the app may read it. */
  wholeCheckedAt: Date | null;
}

/** The facts about a shop that a reconciliation begins with; null for an unknown or bare shop. */
export async function reconcilable(
  client: pg.ClientBase,
  shopId: string,
): Promise<Reconcilable | null> {
  const { rows } = await client.query(
    `SELECT currency, iana_timezone AS timezone, history_complete_at, figures_complete_from,
       coalesce(scopes, '') LIKE '%read_all_orders%' AS whole,
       (SELECT to_char(min(day), 'YYYY-MM-DD') FROM reporting.daily_shopify_metrics
        WHERE shop_id = $1) AS first_day,
       (SELECT max(checked_at) FROM reporting.reconciliations
        WHERE shop_id = $1 AND whole_history
          AND (method = 'SHOPIFYQL' OR coalesce(shops.scopes, '') NOT LIKE '%read_reports%')
       ) AS whole_checked_at
     FROM app_dashboard.shops WHERE shop_id = $1`,
    [shopId],
  );
  const [row] = z.array(rowSchema).max(1).parse(rows);
  if (!row?.currency || !row.timezone) return null;
  return {
    currency: row.currency,
    timezone: row.timezone,
    historyCompleteAt: row.history_complete_at,
    figuresCompleteFrom: row.figures_complete_from,
    seesAllOrders: row.whole,
    firstDay: row.first_day,
    wholeCheckedAt: row.whole_checked_at,
  };
}
