import { z } from "zod";
import type { Database } from "~/lib/db.server";
import type { Logger } from "~/lib/logger.server";
import { MAX_ATTEMPTS } from "~/sync/retry";

const takenBack = z.array(z.object({ shop_id: z.string(), id: z.string(), status: z.string() }));

/**
 * Puts jobs whose worker died (its lease ran out) back to QUEUED, from where the dispatcher brings
 * them on; one that lost too many workers without progress ends FAILED. Answers how many there were.
 */
export async function takeBackExpiredLeases(database: Database, log?: Logger): Promise<number> {
  const { rows } = await database.pool.query(
    "SELECT shop_id, id, status FROM app_dashboard.take_back_expired_leases($1)",
    [MAX_ATTEMPTS],
  );
  const jobs = takenBack.parse(rows);
  for (const { shop_id: shop, id: job, status } of jobs) {
    const context = { shop, job };
    if (status === "FAILED") log?.error(context, "A job ended that loses every worker");
    else log?.warn(context, "A job's worker was lost; another goes on");
  }
  return jobs.length;
}
