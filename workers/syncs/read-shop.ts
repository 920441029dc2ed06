import { SHOP } from "~/connectors/shopify/documents/shop";
import { shopSchema } from "~/connectors/shopify/shop-schemas";
import { assertLease } from "~/sync/leased-job.server";
import { clearShopMarks, shopMarks } from "~/warehouse/staging/shop-marks.server";
import { updateShop } from "~/warehouse/update-shop.server";
import { type SyncContext, transaction } from "./context";

/**
 * Reads the shop itself (name, currency, zone, plan) and stores it; with `onlyIfMarked` when a webhook
 * said that it changed. A mark of `shop/update` that was set while it was read stays for the next run.
 */
export async function readShop(
  context: SyncContext,
  { onlyIfMarked }: { onlyIfMarked: boolean },
): Promise<void> {
  const { job, admin, signal, log } = context;
  const marks = await transaction(context, (client) => shopMarks(client, job.shopId));
  if (onlyIfMarked && marks.length === 0) return;
  const details = await admin.request(SHOP, { schema: shopSchema, task: "shop", signal });
  const { zoneChanged } = await transaction(context, async (client) => {
    const changed = await updateShop(client, job.shopId, details);
    await clearShopMarks(client, job.shopId, marks);
    await assertLease(client, job);
    return changed;
  });
  if (zoneChanged) log.info({ zone: details.ianaTimezone }, "The shop's zone changed: days anew");
}
