import { type SyncShopPayload, syncShopJob } from "./contracts";
import { type JobQueue, syncQueue } from "./queue-backend.server";

export interface SyncDelivery extends SyncShopPayload {
  /** Lower goes first. */
  priority?: number;
  delayMs?: number;
  /**
   * The job's `run_after`: which turn of a job that comes back many times this is. A turn is
   * queued once, whoever brings it.
   */
  turn?: Date;
}

/**
 * Hands a QUEUED sync job to the queue, after the commit that wrote it. To be called as often as
 * one likes: a delivery too many finds nothing to claim. Throws when the queue cannot be reached,
 * which loses nothing: the dispatcher brings the job later.
 */
export async function enqueueSync(
  { shopId, jobId, priority = 0, delayMs = 0, turn }: SyncDelivery,
  queue: JobQueue = syncQueue(),
): Promise<void> {
  const payload = syncShopJob.schema.parse({ shopId, jobId });
  const id = `${shopId}/${jobId}/${turn?.getTime() ?? "first"}`;
  await queue.add({ id, payload, delayMs, priority });
}
