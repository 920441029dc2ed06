import type pg from "pg";

/** Everything about some orders that decides which days they touch. */
export interface Footprint {
  /** Days of the shop, `YYYY-MM-DD`, on which the orders stand in any figure. */
  days: string[];
  customerKeys: string[];
}

/**
 * The shop's days on which these orders are placed, sell, are returned or paid, and who placed
 * them, as stored now.
 */
export async function footprintOf(
  client: pg.ClientBase,
  shopId: string,
  timezone: string,
  orderIds: readonly string[],
): Promise<Footprint> {
  const { rows } = await client.query<{ days: string[]; keys: string[] }>(
    `WITH placed AS (
       SELECT processed_at, customer_key FROM core_warehouse.orders
       WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])
     ), instants AS (
       SELECT processed_at AS at FROM placed
       UNION ALL
       SELECT occurred_at FROM core_warehouse.order_sales
       WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])
       UNION ALL
       SELECT coalesce(processed_at, created_at) FROM core_warehouse.transactions
       WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])
     )
     SELECT
       ARRAY(SELECT DISTINCT (at AT TIME ZONE $3)::date::text FROM instants WHERE at IS NOT NULL) AS days,
       ARRAY(SELECT DISTINCT customer_key FROM placed WHERE customer_key IS NOT NULL) AS keys`,
    [shopId, orderIds, timezone],
  );
  return { days: rows[0]?.days ?? [], customerKeys: rows[0]?.keys ?? [] };
}

/** The days of all orders of these customers: one order more may turn new into returning. */
export async function daysOfCustomers(
  client: pg.ClientBase,
  shopId: string,
  timezone: string,
  customerKeys: readonly string[],
): Promise<string[]> {
  if (customerKeys.length === 0) return [];
  const { rows } = await client.query<{ day: string }>(
    `SELECT DISTINCT (processed_at AT TIME ZONE $3)::date::text AS day
     FROM core_warehouse.orders
     WHERE shop_id = $1 AND customer_key = ANY ($2::text[]) AND processed_at IS NOT NULL`,
    [shopId, customerKeys, timezone],
  );
  return rows.map(({ day }) => day);
}
