import { type SyncShopPayload, syncShopJob } from "./contracts";
import { type JobQueue, syncQueue } from "./queue-backend.server";

export interface SyncDelivery extends SyncShopPayload {
  /**
   * The job's head start to others, in seconds. What gives none is asked for by a person and goes to
   * the front of the queue; all else goes in the order in which it is brought, which is the
   * dispatcher's: were it sorted here again, a steady stream of one kind could starve another.
   */
  priority?: number;
  delayMs?: number;
  /**
   * The job's `run_after`: which turn of a job that comes back many times this is. A turn is
   * queued once, whoever brings it.
   */
  turn?: Date | undefined;
}

/**
 * Hands a QUEUED sync job to the queue, after the commit that wrote it. To be called as often as
 * one likes: a delivery too many finds nothing to claim. Throws when the queue cannot be reached,
 * which loses nothing: the dispatcher brings the job later.
 */
export async function enqueueSync(
  { shopId, jobId, priority, delayMs = 0, turn }: SyncDelivery,
  queue: JobQueue = syncQueue(),
): Promise<void> {
  const payload = syncShopJob.schema.parse({ shopId, jobId });
  await queue.add({
    id: turnId({ shopId, jobId, turn }),
    payload,
    delayMs,
    priority: priority === 0 ? FRONT : IN_TURN,
  });
}

/** The name of a turn in the queue, which holds each once. */
export function turnId({ shopId, jobId, turn }: Pick<SyncDelivery, "shopId" | "jobId" | "turn">) {
  return `${shopId}/${jobId}/${turn?.getTime() ?? "first"}`;
}

const FRONT = 0;
const IN_TURN = 1;
