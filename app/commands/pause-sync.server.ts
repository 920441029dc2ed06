import type { TenantDb } from "~/lib/tenant-db.server";
import type { Platform } from "~/sync/job-types";

/**
 * Leaves a platform alone until a person resumes it: nothing is asked for by schedule. What runs
 * goes on to its end; what the schedule queued and nobody began ends when its turn comes. Does nothing when it is paused already.
 */
export async function pauseSync(
  db: TenantDb,
  { shopId, userId, platform }: { shopId: string; userId: string; platform: Platform },
): Promise<void> {
  const actor = `user:${userId}`;
  await db.tx(async (tx) => {
    const { count } = await tx.syncPause.createMany({
      data: [{ shopId, platform, pausedBy: actor }],
      skipDuplicates: true,
    });
    if (count === 0) return;
    await tx.auditEntry.create({
      data: { shopId, actor, action: "sync.paused", detail: { platform } },
    });
  });
}
