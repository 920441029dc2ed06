import { enqueueSync } from "~/jobs/enqueue.server";
import type { TenantTx } from "~/lib/tenant-db.server";
import { PRIORITY } from "~/sync/priorities";
import { stopJobs } from "~/sync/stop-jobs.server";
import { requestSync } from "~/sync/sync-jobs.server";

/** Ends the shop's jobs of Meta: they would go on reading what nobody wants any more. */
export async function stopMetaJobs(tx: TenantTx, shopId: string): Promise<void> {
  await stopJobs(tx, {
    shopId,
    platform: "META",
    code: "META_SUPERSEDED",
    message: "Another ad account was chosen, or Meta was disconnected.",
  });
}

/**
 * Asks for the whole history of the chosen ad account in the transaction that chose it. Answers what
 * to do after the commit: hand the job to the queue.
 */
export async function requestMetaHistory(
  tx: TenantTx,
  { shopId, requestedBy }: { shopId: string; requestedBy: string },
): Promise<() => Promise<void>> {
  const job = await requestSync(tx, {
    shopId,
    platform: "META",
    jobType: "HISTORICAL_INIT",
    requestedBy,
    priority: PRIORITY.PERSON,
  });
  return () => enqueueSync({ shopId, jobId: job.jobId, priority: PRIORITY.PERSON });
}
