import type { JobError } from "~/lib/errors";
import type { TenantDb } from "~/lib/tenant-db.server";

const STOPPED: JobError = {
  code: "UNINSTALLED",
  message: "The app was uninstalled from the shop.",
  task: null,
  retryable: false,
};

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
    await tx.syncJob.updateMany({
      where: { shopId, status: { in: ["QUEUED", "IN_PROGRESS"] } },
      data: {
        status: "FAILED",
        error: { ...STOPPED },
        finishedAt: new Date(),
        leaseOwner: null,
        leaseUntil: null,
      },
    });
    await tx.auditEntry.create({
      data: { shopId, actor: "shopify", action: "shop.uninstalled" },
    });
  });
}
