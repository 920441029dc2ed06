import { z } from "zod";
import { enqueueSync, turnId } from "~/jobs/enqueue.server";
import type { JobQueue } from "~/jobs/queue-backend.server";
import type { Database } from "~/lib/db.server";

/** So little stands in the queue that the order stays Postgres' own. */
const QUEUE_DEPTH = 64;
/** A shop's jobs that run or are on the way to run: one of each platform. */
const PER_SHOP = 2;

const dueRows = z.array(z.object({ shop_id: z.string(), id: z.string(), run_after: z.date() }));

/**
 * Brings the jobs whose time has come to the queue, in their order, as far as there is room:
 * whatever the queue lost or never heard of comes back to it. A turn that the queue holds is not
 * brought twice. Answers how many were left waiting: the queue held them already and no worker took
 * them, or it had no room.
 */
export async function dispatchDue(database: Database, queue: JobQueue): Promise<number> {
  const held = new Set(await queue.waiting(QUEUE_DEPTH));
  const { rows } = await database.pool.query(
    "SELECT shop_id, id, run_after FROM app_dashboard.jobs_to_dispatch($1, $2)",
    [QUEUE_DEPTH, PER_SHOP],
  );
  let room = QUEUE_DEPTH - held.size;
  let left = 0;
  for (const { shop_id: shopId, id: jobId, run_after: turn } of dueRows.parse(rows)) {
    const delivery = { shopId, jobId, turn };
    if (room <= 0 || held.has(turnId(delivery))) {
      left += 1;
      continue;
    }
    room -= 1;
    await enqueueSync(delivery, queue);
  }
  return left;
}
