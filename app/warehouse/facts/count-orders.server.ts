import type pg from "pg";

/** Stored orders that were created before an instant; test orders count, deleted ones do not. */
export async function countOrdersCreatedBefore(
  client: pg.ClientBase,
  shopId: string,
  before: string,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM core_warehouse.orders
     WHERE shop_id = $1 AND created_at < $2 AND deleted_at IS NULL`,
    [shopId, before],
  );
  return Number(rows[0]?.count ?? 0);
}
