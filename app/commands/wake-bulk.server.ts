import { z } from "zod";
import { enqueueSync } from "~/jobs/enqueue.server";
import { shopOf, type TenantDb } from "~/lib/tenant-db.server";

const rows = z.array(z.object({ id: z.string(), priority: z.number(), run_after: z.date() }));

/**
 * Brings forward the job that waits for a bulk operation (its global id), told by the webhook
 * `bulk_operations/finish`. False when no job waits for it: the operation is not ours, or its job
 * runs already.
 */
export async function wakeBulk(db: TenantDb, operationId: string): Promise<boolean> {
  const shopId = shopOf(db);
  const [job] = rows.parse(
    await db.tx(
      (tx) => tx.$queryRaw`
        UPDATE app_dashboard.sync_jobs SET run_after = now()
        WHERE shop_id = ${shopId} AND platform = 'SHOPIFY' AND status = 'QUEUED'
          AND ${operationId} IN (checkpoint #>> '{orders,id}', checkpoint #>> '{ledger,id}')
        RETURNING id::text, priority, run_after`,
    ),
  );
  if (!job) return false;
  await enqueueSync({ shopId, jobId: job.id, priority: job.priority, turn: job.run_after });
  return true;
}
