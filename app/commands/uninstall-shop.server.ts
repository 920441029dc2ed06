import type { TenantDb } from "~/lib/tenant-db.server";
import { stopJobs } from "~/sync/stop-jobs.server";

/**
 * Forgets a shop's tokens and sessions, stops its jobs and marks it as uninstalled; its data stays
 * until Shopify asks for it to be erased. Does no harm when nothing is known of the shop. An event
 * older than the present installation is a late delivery about an earlier one: it changes nothing.
 */
export async function uninstallShop(
  db: TenantDb,
  { shopId, at }: { shopId: string; at: Date },
): Promise<void> {
  await db.tx(async (tx) => {
    const shop = await tx.shop.findUnique({ where: { shopId } });
    if (shop?.installedAt && !shop.uninstalledAt && shop.installedAt > at) return;
    await tx.shopCredential.deleteMany({ where: { shopId } });
    await tx.onlineSession.deleteMany({ where: { shopId } });
    if (!shop || shop.uninstalledAt) return;
    await tx.shop.update({ where: { shopId }, data: { uninstalledAt: at } });
    await stopJobs(tx, {
      shopId,
      code: "UNINSTALLED",
      message: "The app was uninstalled from the shop.",
    });
    await tx.auditEntry.create({
      data: { shopId, actor: "shopify", action: "shop.uninstalled" },
    });
  });
}
