import type { JobError } from "~/lib/errors";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { Platform } from "./job-types";

interface Stop {
  shopId: string;
  /** Of one platform alone. */
  platform?: Platform;
  /** One job alone. */
  jobId?: string;
  /** Why, for the history: machine-readable and in words. */
  code: string;
  message: string;
}

/**
 * Ends what is in flight, because somebody wants it so (`error_kind` STOPPED). A worker that has the
 * job notices at its next write, which is taken back: nothing half-done is left. Answers how many
 * jobs were ended; none is no error.
 */
export async function stopJobs(tx: TenantTx, stop: Stop): Promise<number> {
  const { shopId, platform = null, jobId = null, code, message } = stop;
  const error: JobError = { code, message, task: null, retryable: false };
  return tx.$executeRaw`
    UPDATE app_dashboard.sync_jobs SET status = 'FAILED', error = ${JSON.stringify(error)}::jsonb,
      error_kind = 'STOPPED', finished_at = now(), lease_owner = NULL, lease_until = NULL
    WHERE shop_id = ${shopId} AND status IN ('QUEUED', 'IN_PROGRESS')
      AND (${platform}::text IS NULL OR platform = ${platform})
      AND (${jobId}::uuid IS NULL OR id = ${jobId}::uuid)`;
}
