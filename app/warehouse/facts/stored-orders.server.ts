import type pg from "pg";

/** Which of these orders (numeric ids) the shop's facts know. */
export async function storedOrders(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT order_id::text FROM core_warehouse.orders
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])`,
    [shopId, orderIds],
  );
  return rows.map(({ order_id }) => order_id);
}
