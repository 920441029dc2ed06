import { DefectError } from "~/lib/errors";
import { succeedJob } from "~/sync/job-endings.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { recordRun } from "~/warehouse/reconciliation/record-run.server";
import { type SyncContext, transaction } from "../context";
import type { ReconcileCheckpoint } from "./checkpoint";

/**
 * The end: what the run came to, and SUCCEEDED, in one transaction. Differences are shown and no
 * failure; sales of a kind that no figure holds are one, and the job says so once all is recorded.
 */
export async function finish(context: SyncContext, checkpoint: ReconcileCheckpoint): Promise<void> {
  const { job, now } = context;
  const failure = await transaction(context, async (client) => {
    const recorded = await recordRun(client, job.shopId, {
      ...checkpoint,
      jobId: job.jobId,
      wholeHistory: checkpoint.history !== null,
      startedAt: new Date(checkpoint.startedAt),
      checkedAt: now(),
    });
    if (recorded === null) await succeedJob(client, job);
    else await saveCheckpoint(client, job, checkpoint);
    return recorded;
  });
  if (failure === null) return;
  throw new DefectError(
    "Shopify has booked sales of a kind that no figure holds: the days that hold them are marked.",
    { code: failure, task: "reconcile" },
  );
}
