import type pg from "pg";

/** Whether Shopify shows the app all orders of the shop, and not only those of the last 60 days. */
export async function readsWholeHistory(client: pg.ClientBase, shopId: string): Promise<boolean> {
  const { rows } = await client.query<{ whole: boolean }>(
    `SELECT coalesce(scopes, '') LIKE '%read_all_orders%' AS whole
     FROM app_dashboard.shops WHERE shop_id = $1`,
    [shopId],
  );
  return rows[0]?.whole ?? false;
}

/**
 * Notes that the shop's history stands, in the transaction that completes it; `since` is given where
 * Shopify shows only the orders created after that instant.
 */
export async function completeHistory(
  client: pg.ClientBase,
  shopId: string,
  since: Date | null,
): Promise<void> {
  await client.query(
    `UPDATE app_dashboard.shops
     SET history_complete_at = now(), figures_complete_from = $2, updated_at = now()
     WHERE shop_id = $1`,
    [shopId, since],
  );
}

/**
 * Notes that everything that happened after `since` is in the facts, while the history before it is
 * still being loaded; in the transaction that wrote them.
 */
export async function figuresStandFrom(
  client: pg.ClientBase,
  shopId: string,
  since: Date,
): Promise<void> {
  await client.query(
    `UPDATE app_dashboard.shops SET figures_complete_from = $2, updated_at = now()
     WHERE shop_id = $1 AND history_complete_at IS NULL`,
    [shopId, since],
  );
}
