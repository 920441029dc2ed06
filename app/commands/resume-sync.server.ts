import type { TenantDb } from "~/lib/tenant-db.server";
import type { Platform } from "~/sync/job-types";
import { hasWholeHistory } from "~/sync/whole-history.server";
import { type AskedSync, askForSync } from "./ask-for-sync.server";

/**
 * Lets a paused platform be synced again, and asks at once for what is new since. Answers null, and
 * changes nothing, when it is not paused.
 */
export async function resumeSync(
  db: TenantDb,
  { shopId, userId, platform }: { shopId: string; userId: string; platform: Platform },
): Promise<AskedSync | null> {
  return askForSync(db, { shopId, userId }, async (tx) => {
    const { count } = await tx.syncPause.deleteMany({ where: { shopId, platform } });
    if (count === 0) return null;
    const whole = await hasWholeHistory(tx, shopId, platform);
    return {
      platform,
      jobType: whole ? "INCREMENTAL" : "HISTORICAL_INIT",
      action: "sync.resumed",
    };
  });
}
