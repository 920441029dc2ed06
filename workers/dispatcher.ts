import { z } from "zod";
import { enqueueSync } from "~/jobs/enqueue.server";
import type { JobQueue } from "~/jobs/queue-backend.server";
import type { Database } from "~/lib/db.server";

const BATCH = 200;

const dueRows = z.array(
  z.object({ shop_id: z.string(), id: z.string(), priority: z.number(), run_after: z.date() }),
);

/**
 * Brings every job whose time has come to the queue, which takes each turn of a job once: whatever
 * the queue lost or never heard of comes back to it. Answers how many are due.
 */
export async function dispatchDue(database: Database, queue: JobQueue): Promise<number> {
  const { rows } = await database.pool.query(
    "SELECT shop_id, id, priority, run_after FROM app_dashboard.jobs_to_dispatch($1)",
    [BATCH],
  );
  const due = dueRows.parse(rows);
  for (const { shop_id, id, priority, run_after } of due) {
    await enqueueSync({ shopId: shop_id, jobId: id, priority, turn: run_after }, queue);
  }
  return due.length;
}
