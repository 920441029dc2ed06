import type pg from "pg";

/**
 * Ids of orders above `afterId`, ascending, that have details (refunds, parcels, returns, visits
 * between the first and the last) of which none, or only older ones, are stored: what the details
 * phase of a history reads.
 */
export async function ordersWithoutDetails(
  client: pg.ClientBase,
  shopId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT o.order_id::text FROM core_warehouse.orders AS o
     LEFT JOIN staging_ingest.shopify_order_details_raw AS details
       ON details.shop_id = o.shop_id AND details.order_id = o.order_id
     WHERE o.shop_id = $1 AND o.order_id > $2 AND o.deleted_at IS NULL
       AND (details.order_id IS NULL OR details.updated_at < o.updated_at)
       AND (o.fulfillments_count > 0 OR o.return_status <> 'NO_RETURN' OR o.moments_count > 2
         OR EXISTS (SELECT FROM core_warehouse.refunds AS refund
           WHERE refund.shop_id = o.shop_id AND refund.order_id = o.order_id))
     ORDER BY o.order_id LIMIT $3`,
    [shopId, afterId, limit],
  );
  return rows.map((row) => row.order_id);
}
