import { z } from "zod";
import type { Database } from "~/lib/db.server";

/** How long things of no further use are kept. */
const KEPT = {
  /** Webhooks set off one every few seconds on a busy shop. */
  liveUpdates: "1 hour",
  /** Every connection makes about a hundred of them a day. */
  succeededIncrementals: "3 days",
  otherJobs: "90 days",
  /** Of each connection, whatever their age; its newest success as well. */
  newestJobs: 20,
  /** A worker that died without signing off. */
  heartbeats: "1 day",
} as const;

/** Jobs that one transaction forgets. */
const BATCH = 5_000;

const forgottenRows = z.tuple([z.object({ forgotten: z.number().int() })]);

/**
 * Forgets ended jobs and signs of life that nobody looks at any more, in batches. Several workers
 * may do so at once. Answers how many jobs went.
 */
export async function forgetOld(
  database: Database,
  { batch = BATCH }: { batch?: number } = {},
): Promise<number> {
  let total = 0;
  for (let full = true; full; ) {
    const { rows } = await database.pool.query(
      "SELECT app_dashboard.forget_old_jobs($1, $2, $3, $4, $5) AS forgotten",
      [KEPT.liveUpdates, KEPT.succeededIncrementals, KEPT.otherJobs, KEPT.newestJobs, batch],
    );
    const [{ forgotten }] = forgottenRows.parse(rows);
    total += forgotten;
    full = forgotten === batch;
  }
  await database.pool.query(
    "DELETE FROM app_dashboard.worker_heartbeats WHERE at < now() - $1::interval",
    [KEPT.heartbeats],
  );
  return total;
}
