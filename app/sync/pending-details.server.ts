import type pg from "pg";

/**
 * Up to which order (numeric id) the details have been read since a history left them out; null when
 * none are known to be missing. Stands with the cursor of the orders, so that one job goes on where
 * another ended.
 */
export async function detailsReadTo(client: pg.ClientBase, shopId: string): Promise<string | null> {
  const { rows } = await client.query<{ read_to: string | null }>(
    `SELECT detail ->> 'details_to' AS read_to FROM app_dashboard.sync_cursors
     WHERE shop_id = $1 AND platform = 'SHOPIFY' AND stream = 'orders'`,
    [shopId],
  );
  return rows[0]?.read_to ?? null;
}

/**
 * Notes up to which order the details were read, in the transaction that stored them: "0" where a
 * history has just left them all out, null once no order is left.
 */
export async function noteDetailsReadTo(
  client: pg.ClientBase,
  shopId: string,
  readTo: string | null,
): Promise<void> {
  await client.query(
    `UPDATE app_dashboard.sync_cursors
     SET detail = coalesce(detail, '{}') || jsonb_build_object('details_to', $2::text)
     WHERE shop_id = $1 AND platform = 'SHOPIFY' AND stream = 'orders'`,
    [shopId, readTo],
  );
}
