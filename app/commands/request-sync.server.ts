import type { TenantDb } from "~/lib/tenant-db.server";
import type { Platform } from "~/sync/job-types";
import { hasWholeHistory } from "~/sync/whole-history.server";
import { type AskedSync, askForSync } from "./ask-for-sync.server";

/**
 * Asks for a shop's orders or ads anew, because a person wants it so: the whole history while it has
 * never been complete, else what is new. When a job is in flight, that one is meant.
 */
export async function requestSyncNow(
  db: TenantDb,
  { shopId, userId, platform }: { shopId: string; userId: string; platform: Platform },
): Promise<AskedSync | null> {
  return askForSync(db, { shopId, userId }, async (tx) => ({
    platform,
    jobType: (await hasWholeHistory(tx, shopId, platform)) ? "INCREMENTAL" : "HISTORICAL_INIT",
    action: "sync.requested",
  }));
}
