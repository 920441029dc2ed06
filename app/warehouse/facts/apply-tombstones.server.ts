import type pg from "pg";

/**
 * Lets the facts say of these orders (of all with "all") what the tombstones in staging say: runs
 * after every write of facts, since the facts are made of documents, which do not know. Answers the
 * ids that were not known to be deleted before.
 */
export async function applyTombstones(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[] | "all",
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `UPDATE core_warehouse.orders AS fact SET deleted_at = gone.deleted_at
     FROM staging_ingest.shopify_orders_deleted AS gone
     WHERE fact.shop_id = $1 AND gone.shop_id = $1 AND gone.order_id = fact.order_id
       AND fact.deleted_at IS DISTINCT FROM gone.deleted_at
       AND ($2::bigint[] IS NULL OR gone.order_id = ANY ($2::bigint[]))
     RETURNING fact.order_id::text`,
    [shopId, orderIds === "all" ? null : orderIds],
  );
  return rows.map(({ order_id }) => order_id);
}
