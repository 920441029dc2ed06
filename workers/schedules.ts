import { z } from "zod";
import type { Database } from "~/lib/db.server";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { requestSync } from "~/sync/sync-jobs.server";

const MOST_AT_ONCE = 1_000;
/** After backfills and whatever a person asked for. */
const SCHEDULED_PRIORITY = 10;

const dueRows = z.array(z.object({ shop_id: z.string() }));

/**
 * Asks for an INCREMENTAL of every shop whose newest job ended more than `maxStalenessMinutes`
 * ago. The dispatcher brings them to the queue. Answers how many were asked for.
 */
export async function scheduleIncrementals(
  database: Database,
  maxStalenessMinutes: number,
): Promise<number> {
  const { rows } = await database.pool.query(
    "SELECT shop_id FROM app_dashboard.shops_due(make_interval(mins => $1), $2)",
    [maxStalenessMinutes, MOST_AT_ONCE],
  );
  const due = dueRows.parse(rows);
  for (const { shop_id: shopId } of due) {
    await workerTenantDb(database, shopId).tx((tx) =>
      requestSync(tx, {
        shopId,
        platform: "SHOPIFY",
        jobType: "INCREMENTAL",
        requestedBy: "schedule",
        priority: SCHEDULED_PRIORITY,
      }),
    );
  }
  return due.length;
}
