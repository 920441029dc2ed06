import type pg from "pg";
import type { Day } from "~/lib/time";

/**
 * Ids above `afterId`, ascending, of the stored orders that stand in the sales figures of a day of
 * the shop: placed on it, or with a row of the sales ledger on it.
 */
export async function ordersOfDay(
  client: pg.ClientBase,
  shopId: string,
  { timezone, day, afterId, limit }: { timezone: string; day: Day; afterId: string; limit: number },
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT order_id::text FROM (
       SELECT order_id FROM core_warehouse.orders
       WHERE shop_id = $1 AND ${windowOf("processed_at")} AND NOT test AND deleted_at IS NULL
       UNION
       SELECT sale.order_id FROM core_warehouse.order_sales AS sale
       JOIN core_warehouse.orders AS o ON o.shop_id = sale.shop_id AND o.order_id = sale.order_id
       WHERE sale.shop_id = $1 AND ${windowOf("sale.occurred_at")}
         AND NOT o.test AND o.deleted_at IS NULL
     ) AS touching
     WHERE touching.order_id > $4
     ORDER BY touching.order_id LIMIT $5`,
    [shopId, timezone, day, afterId, limit],
  );
  return rows.map(({ order_id }) => order_id);
}

/** The plain window lets the index help; the day itself is what counts (see rollups/day-scope.ts). */
const windowOf = (instant: string) =>
  `${instant} >= $3::date::timestamp AT TIME ZONE 'UTC' - interval '15 hours'
   AND ${instant} < $3::date::timestamp AT TIME ZONE 'UTC' + interval '39 hours'
   AND (${instant} AT TIME ZONE $2)::date = $3::date`;
