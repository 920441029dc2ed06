import { enqueueSync } from "~/jobs/enqueue.server";
import { logger } from "~/lib/logger.server";
import type { TenantDb, TenantTx } from "~/lib/tenant-db.server";
import { PRIORITY } from "~/sync/priorities";
import { type JobType, type Platform, requestSync } from "~/sync/sync-jobs.server";

interface Wanted {
  platform: Platform;
  jobType: JobType;
  /** What the audit log calls it. */
  action: string;
}

/** What came of the wish: a new job, or the one that is in flight already. */
export interface AskedSync {
  jobId: string;
  created: boolean;
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
    const job = await requestSync(tx, {
      shopId,
      platform,
      jobType,
      requestedBy,
      priority: PRIORITY.PERSON,
    });
    await tx.auditEntry.create({
      data: { shopId, actor: requestedBy, action, detail: { platform, jobType, ...job } },
    });
    return job;
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
