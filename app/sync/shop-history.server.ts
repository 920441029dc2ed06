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

/** Notes that the shop's history stands, in the transaction that completes it. */
export async function completeHistory(client: pg.ClientBase, shopId: string): Promise<void> {
  await client.query(
    "UPDATE app_dashboard.shops SET history_complete_at = now(), updated_at = now() WHERE shop_id = $1",
    [shopId],
  );
}
