import type { TenantDb } from "~/lib/tenant-db.server";
import type { Platform } from "~/sync/job-types";
import { hasWholeHistory } from "~/sync/whole-history.server";
import { type AskedSync, askForSync } from "./ask-for-sync.server";

/**
 * Asks for a platform's whole history anew; the old figures are served until the new ones are
 * complete. Where the history was never complete, it is loaded as at the beginning. While a job is in
 * flight, nothing is asked for and that job is answered.
 */
export async function rebuild(
  db: TenantDb,
  { shopId, userId, platform }: { shopId: string; userId: string; platform: Platform },
): Promise<AskedSync | null> {
  return askForSync(db, { shopId, userId }, async (tx) => ({
    platform,
    jobType: (await hasWholeHistory(tx, shopId, platform))
      ? "HISTORICAL_REBUILD"
      : "HISTORICAL_INIT",
    action: "sync.rebuild_requested",
  }));
}
