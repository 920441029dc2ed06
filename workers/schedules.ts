import { z } from "zod";
import type { Database } from "~/lib/db.server";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { PRIORITY } from "~/sync/priorities";
import { type Platform, requestSync } from "~/sync/sync-jobs.server";

const MOST_AT_ONCE = 1_000;

const dueRows = z.array(z.object({ shop_id: z.string() }));

const DUE: Readonly<Record<Platform, string>> = {
  SHOPIFY: "SELECT shop_id FROM app_dashboard.shops_due(make_interval(mins => $1), $2)",
  META: "SELECT shop_id FROM app_dashboard.meta_shops_due(make_interval(mins => $1), $2)",
};

/**
 * Asks for an INCREMENTAL of every shop and platform whose newest job ended more than
 * `maxStalenessMinutes` ago. The dispatcher brings them to the queue. Answers how many were asked
 * for.
 */
export async function scheduleIncrementals(
  database: Database,
  maxStalenessMinutes: number,
): Promise<number> {
  const orders = await scheduleDue(database, "SHOPIFY", maxStalenessMinutes);
  const ads = await scheduleDue(database, "META", maxStalenessMinutes);
  return orders + ads;
}

async function scheduleDue(
  database: Database,
  platform: Platform,
  maxAgeMinutes: number,
): Promise<number> {
  const { rows } = await database.pool.query(DUE[platform], [maxAgeMinutes, MOST_AT_ONCE]);
  const due = dueRows.parse(rows);
  for (const { shop_id: shopId } of due) {
    await workerTenantDb(database, shopId).tx((tx) =>
      requestSync(tx, {
        shopId,
        platform,
        jobType: "INCREMENTAL",
        requestedBy: "schedule",
        priority: PRIORITY.SCHEDULED,
      }),
    );
  }
  return due.length;
}
