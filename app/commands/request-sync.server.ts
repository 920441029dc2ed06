import { enqueueSync } from "~/jobs/enqueue.server";
import type { TenantDb } from "~/lib/tenant-db.server";
import { requestSync } from "~/sync/sync-jobs.server";

/** Before what the schedule brings: a person waits. */
const PRIORITY = 1;

/**
 * Asks for a shop's orders anew, because a person wants it so: the whole history while it has never
 * been complete, else what is new. When a job is in flight, that one is meant.
 */
export async function requestSyncNow(
  db: TenantDb,
  { shopId, userId }: { shopId: string; userId: string },
): Promise<void> {
  const { jobId } = await db.tx(async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { shopId } });
    return requestSync(tx, {
      shopId,
      platform: "SHOPIFY",
      jobType: shop.historyCompleteAt ? "INCREMENTAL" : "HISTORICAL_INIT",
      requestedBy: `user:${userId}`,
      priority: PRIORITY,
    });
  });
  await enqueueSync({ shopId, jobId, priority: PRIORITY });
}
