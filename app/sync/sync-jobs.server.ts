import { z } from "zod";
import { DefectError } from "~/lib/errors";
import type { TenantTx } from "~/lib/tenant-db.server";

export type JobType = "HISTORICAL_INIT" | "HISTORICAL_REBUILD" | "INCREMENTAL";

export interface SyncRequest {
  shopId: string;
  platform: "SHOPIFY";
  jobType: JobType;
  /** `install`, `schedule`, or who asked. */
  requestedBy: string;
  /** Lower goes first. */
  priority: number;
}

const idRows = z.array(z.object({ id: z.string() })).max(1);

/**
 * Writes a QUEUED job in the transaction of whatever asks for it; hand it to the queue with
 * `enqueueSync` after the commit. While one is in flight for the shop and platform, that one is
 * answered instead: never two at once.
 */
export async function requestSync(
  tx: TenantTx,
  { shopId, platform, jobType, requestedBy, priority }: SyncRequest,
): Promise<{ jobId: string; created: boolean }> {
  const [made] = idRows.parse(
    await tx.$queryRaw`
      INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by, priority)
      VALUES (${shopId}, ${platform}, ${jobType}, ${requestedBy}, ${priority})
      ON CONFLICT (shop_id, platform) WHERE status IN ('QUEUED', 'IN_PROGRESS') DO NOTHING
      RETURNING id::text`,
  );
  if (made) return { jobId: made.id, created: true };
  const [inFlight] = idRows.parse(
    await tx.$queryRaw`
      SELECT id::text FROM app_dashboard.sync_jobs
      WHERE shop_id = ${shopId} AND platform = ${platform} AND status IN ('QUEUED', 'IN_PROGRESS')`,
  );
  if (inFlight) return { jobId: inFlight.id, created: false };
  throw new DefectError("The job in flight ended while another was asked for.", {
    code: "SYNC_REQUEST_RACE",
    task: "request_sync",
  });
}
