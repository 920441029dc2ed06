import type pg from "pg";
import { z } from "zod";

const rowsSchema = z.array(z.object({ marked_at: z.string() }));

/** When the shop itself was marked as changed (exact text of the instant); empty when it was not. */
export async function shopMarks(client: pg.ClientBase, shopId: string): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT marked_at::text FROM staging_ingest.shopify_dirty
     WHERE shop_id = $1 AND resource = 'SHOP'`,
    [shopId],
  );
  return rowsSchema.parse(rows).map(({ marked_at }) => marked_at);
}

/** Takes these marks away; one that was set again since stays. */
export async function clearShopMarks(
  client: pg.ClientBase,
  shopId: string,
  marks: readonly string[],
): Promise<void> {
  await client.query(
    `DELETE FROM staging_ingest.shopify_dirty
     WHERE shop_id = $1 AND resource = 'SHOP' AND marked_at = ANY ($2::timestamptz[])`,
    [shopId, marks],
  );
}
