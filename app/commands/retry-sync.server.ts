import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import { jobType } from "~/sync/job-types";
import { type AskedSync, askForSync } from "./ask-for-sync.server";

const kindSchema = z.object({
  platform: z.enum(["SHOPIFY", "META"]),
  jobType,
});

/**
 * Asks anew for what a FAILED job of the shop was to do. While one is in flight for its platform,
 * that one is meant. Answers null, and changes nothing, when there is no such failed job.
 */
export async function retrySync(
  db: TenantDb,
  { shopId, userId, jobId }: { shopId: string; userId: string; jobId: string },
): Promise<AskedSync | null> {
  return askForSync(db, { shopId, userId }, async (tx) => {
    const failed = await tx.syncJob.findFirst({ where: { shopId, id: jobId, status: "FAILED" } });
    return failed && { ...kindSchema.parse(failed), action: "sync.retried" };
  });
}
