import { enqueueSync } from "~/jobs/enqueue.server";
import type { TenantDb, TenantTx } from "~/lib/tenant-db.server";
import { PRIORITY } from "~/sync/priorities";
import { type Platform, requestSync } from "~/sync/sync-jobs.server";

/**
 * Asks for a shop's orders or ads anew, because a person wants it so: the whole history while it has
 * never been complete, else what is new. When a job is in flight, that one is meant.
 */
export async function requestSyncNow(
  db: TenantDb,
  { shopId, userId, platform }: { shopId: string; userId: string; platform: Platform },
): Promise<void> {
  const { jobId } = await db.tx(async (tx) =>
    requestSync(tx, {
      shopId,
      platform,
      jobType: (await hasHistory(tx, shopId, platform)) ? "INCREMENTAL" : "HISTORICAL_INIT",
      requestedBy: `user:${userId}`,
      priority: PRIORITY.PERSON,
    }),
  );
  await enqueueSync({ shopId, jobId, priority: PRIORITY.PERSON });
}

async function hasHistory(tx: TenantTx, shopId: string, platform: Platform): Promise<boolean> {
  if (platform === "SHOPIFY") {
    const shop = await tx.shop.findUniqueOrThrow({ where: { shopId } });
    return shop.historyCompleteAt !== null;
  }
  const newest = await tx.syncJob.findFirst({
    where: { shopId, platform, jobType: "HISTORICAL_INIT" },
    orderBy: { createdAt: "desc" },
  });
  return newest?.status === "SUCCEEDED";
}
