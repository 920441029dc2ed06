import type { TenantTx } from "~/lib/tenant-db.server";
import type { SyncRequest } from "./sync-jobs.server";

/**
 * Makes a job that has not begun what `request` asks for, at once: nobody who waits shall wait for
 * the schedule's spreading. A whole history that waits stays one, since it brings what is new as
 * well. Answers false, and changes nothing, once the job has begun.
 */
export async function takeOver(
  tx: TenantTx,
  { shopId, jobType, requestedBy, priority }: SyncRequest,
  jobId: string,
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    UPDATE app_dashboard.sync_jobs
    SET run_after = least(run_after, now()), priority = least(priority, ${priority}),
      requested_by = ${requestedBy},
      job_type = CASE WHEN ${jobType} = 'INCREMENTAL' THEN job_type ELSE ${jobType} END
    WHERE shop_id = ${shopId} AND id = ${jobId}::uuid AND status = 'QUEUED' AND started_at IS NULL`;
  return taken > 0;
}
