import type pg from "pg";
import type { JobError } from "~/lib/errors";

/**
 * Ends a job that waits and that nobody wants any more (`error_kind` STOPPED): any of a shop that
 * left, and one that the schedule or webhooks queued for a connection that was paused before it
 * began. A person's own wish goes through a pause, and what has begun goes on to its end.
 */
export async function stopUnwanted(
  client: pg.ClientBase,
  { shopId, jobId }: { shopId: string; jobId: string },
): Promise<void> {
  await client.query(
    `UPDATE app_dashboard.sync_jobs job SET status = 'FAILED', error_kind = 'STOPPED',
       error = CASE WHEN shop.uninstalled_at IS NULL THEN $3::jsonb ELSE $4::jsonb END,
       finished_at = now()
     FROM app_dashboard.shops shop
     WHERE job.shop_id = $1 AND job.id = $2 AND job.status = 'QUEUED' AND shop.shop_id = job.shop_id
       AND (shop.uninstalled_at IS NOT NULL OR (
         job.requested_by IN ('schedule', 'webhook') AND job.started_at IS NULL AND EXISTS (
           SELECT FROM app_dashboard.sync_pauses pause
           WHERE pause.shop_id = job.shop_id AND pause.platform = job.platform
         )))`,
    [shopId, jobId, JSON.stringify(PAUSED), JSON.stringify(UNINSTALLED)],
  );
}

const PAUSED: JobError = {
  code: "PAUSED",
  message: "The connection was paused before this began.",
  task: null,
  retryable: false,
};
const UNINSTALLED: JobError = {
  code: "UNINSTALLED",
  message: "The app was uninstalled from the shop.",
  task: null,
  retryable: false,
};
