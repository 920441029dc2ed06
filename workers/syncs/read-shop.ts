import { SHOP } from "~/connectors/shopify/documents/shop";
import { shopSchema } from "~/connectors/shopify/shop-schemas";
import { assertLease } from "~/sync/leased-job.server";
import { updateShop } from "~/warehouse/update-shop.server";
import { type SyncContext, transaction } from "./context";

/**
 * Reads the shop itself (name, currency, zone, plan) and stores it. A mark of `shop/update` that was
 * set while it was read stays for the next run.
 */
export async function readShop(context: SyncContext): Promise<void> {
  const { job, admin, signal, log } = context;
  const { rows: marks } = await transaction(context, (client) =>
    client.query<{ marked_at: string }>(
      `SELECT marked_at::text FROM staging_ingest.shopify_dirty
       WHERE shop_id = $1 AND resource = 'SHOP'`,
      [job.shopId],
    ),
  );
  const details = await admin.request(SHOP, { schema: shopSchema, task: "shop", signal });
  const { zoneChanged } = await transaction(context, async (client) => {
    const changed = await updateShop(client, job.shopId, details);
    await client.query(
      `DELETE FROM staging_ingest.shopify_dirty
       WHERE shop_id = $1 AND resource = 'SHOP' AND marked_at = ANY ($2::timestamptz[])`,
      [job.shopId, marks.map(({ marked_at }) => marked_at)],
    );
    await assertLease(client, job);
    return changed;
  });
  if (zoneChanged) log.info({ zone: details.ianaTimezone }, "The shop's zone changed: days anew");
}
