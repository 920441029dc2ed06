import { z } from "zod";
import { cancelBulk } from "~/connectors/shopify/bulk.server";
import type { Database } from "~/lib/db.server";
import type { Logger } from "~/lib/logger.server";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { deleteBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { type ShopifyAccess, shopAdminClient } from "./shopify-access";

const MOST_AT_ONCE = 20;

const abandonedRows = z.array(
  z.object({ shop_id: z.string(), job_id: z.string(), operation_ids: z.array(z.string()) }),
);

/**
 * Cancels at Shopify what jobs left running that were canceled or failed, whether a process worked
 * on them or not, and forgets what was loaded of it. Tried once: an operation ends by itself, and
 * a shop that left or refuses us cannot be asked. Answers how many operations there were.
 */
export async function cancelAbandonedBulks(
  database: Database,
  access: ShopifyAccess,
  log: Logger,
): Promise<number> {
  const { rows } = await database.pool.query(
    "SELECT shop_id, job_id, operation_ids FROM app_dashboard.take_abandoned_bulks($1)",
    [MOST_AT_ONCE],
  );
  const jobs = abandonedRows.parse(rows);
  for (const { shop_id: shopId, job_id: job, operation_ids: ids } of jobs) {
    const db = workerTenantDb(database, shopId);
    const admin = shopAdminClient(db, access, { database, urgency: "background" });
    for (const id of ids) {
      await cancelBulk(admin, id, "cancel_bulk").catch((error: unknown) =>
        log.warn({ err: error, shop: shopId, job }, "A bulk operation could not be canceled"),
      );
      await db.pgTx((client) => deleteBulkLines(client, shopId, id));
    }
  }
  return jobs.reduce((sum, { operation_ids }) => sum + operation_ids.length, 0);
}
