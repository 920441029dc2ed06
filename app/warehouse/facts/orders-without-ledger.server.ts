import type pg from "pg";

/** Ids of orders above `afterId`, ascending, whose sales ledger has not been read. */
export async function ordersWithoutLedger(
  client: pg.ClientBase,
  shopId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT o.order_id::text FROM core_warehouse.orders AS o
     WHERE shop_id = $1 AND NOT ledger_complete AND deleted_at IS NULL AND order_id > $2
     ORDER BY o.order_id LIMIT $3`,
    [shopId, afterId, limit],
  );
  return rows.map((row) => row.order_id);
}
