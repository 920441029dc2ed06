import type { TenantDb } from "~/lib/tenant-db.server";
import { stopJobs } from "~/sync/stop-jobs.server";

/**
 * Ends one job of the shop that waits or runs. What it has stored already stays, and so do the
 * figures. Answers false, and changes nothing, when there is no such job or it has ended.
 */
export async function cancelSync(
  db: TenantDb,
  { shopId, userId, jobId }: { shopId: string; userId: string; jobId: string },
): Promise<boolean> {
  return db.tx(async (tx) => {
    const stopped = await stopJobs(tx, {
      shopId,
      jobId,
      code: "CANCELED",
      message: "A person canceled this update.",
    });
    if (stopped === 0) return false;
    await tx.auditEntry.create({
      data: { shopId, actor: `user:${userId}`, action: "sync.canceled", detail: { jobId } },
    });
    return true;
  });
}
