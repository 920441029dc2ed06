import { enqueueSync } from "~/jobs/enqueue.server";
import { logger } from "~/lib/logger.server";
import type { TenantDb, TenantTx } from "~/lib/tenant-db.server";
import type { JobType, Platform } from "~/sync/job-types";
import { PRIORITY } from "~/sync/priorities";
import { requestSync } from "~/sync/sync-jobs.server";

interface Wanted {
  platform: Platform;
  jobType: JobType;
  /** What the audit log calls it. */
  action: string;
}

/** What came of the wish. */
export interface AskedSync {
  jobId: string;
  /** False: another job of the platform runs already, and that one is meant. */
  accepted: boolean;
}

/**
 * A person's wish for a job, noted in the audit log and handed to the queue after the commit.
 * `decide` says, in the same transaction, what is wanted; null for nothing.
 */
export async function askForSync(
  db: TenantDb,
  { shopId, userId }: { shopId: string; userId: string },
  decide: (tx: TenantTx) => Promise<Wanted | null>,
): Promise<AskedSync | null> {
  const asked = await db.tx(async (tx) => {
    const wanted = await decide(tx);
    if (!wanted) return null;
    const { platform, jobType, action } = wanted;
    const requestedBy = `user:${userId}`;
    const request = { shopId, platform, jobType, requestedBy, priority: PRIORITY.PERSON };
    const { jobId, created: accepted } = await requestSync(tx, request);
    await tx.auditEntry.create({
      data: { shopId, actor: requestedBy, action, detail: { platform, jobType, jobId, accepted } },
    });
    return { jobId, accepted };
  });
  if (asked) await deliver(shopId, asked.jobId);
  return asked;
}

/** The job stands in the database: a queue that cannot be reached only makes it wait a little. */
async function deliver(shopId: string, jobId: string): Promise<void> {
  try {
    await enqueueSync({ shopId, jobId, priority: PRIORITY.PERSON });
  } catch (error) {
    logger.warn({ err: error, shop: shopId, job: jobId }, "The queue could not be reached");
  }
}
