import type pg from "pg";
import { orderParts } from "./orphans";

const TABLES = [
  "staging_ingest.shopify_orders_raw",
  "core_warehouse.orders",
  "reporting.daily_shopify_metrics",
  "reporting.daily_reconciliation",
];

/** Rows of the shop by table. */
export async function rowCounts(
  client: pg.ClientBase,
  shopId: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...TABLES, ...(await orderParts(client))]) {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM ${table} WHERE shop_id = $1`,
      [shopId],
    );
    counts[table.replaceAll('"', "")] = Number(rows[0]?.count ?? 0);
  }
  return counts;
}
