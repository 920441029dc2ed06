import { z } from "zod";
import { DefectError } from "~/lib/errors";
import type { TenantTx } from "~/lib/tenant-db.server";

export type JobType = "HISTORICAL_INIT" | "HISTORICAL_REBUILD" | "INCREMENTAL" | "RECONCILE";
export type Platform = "SHOPIFY" | "META";

export interface SyncRequest {
  shopId: string;
  platform: Platform;
  jobType: JobType;
  /** `install`, `schedule`, or who asked. */
  requestedBy: string;
  /** Seconds of head start that it gives to others (priorities.ts). */
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
  request: SyncRequest,
): Promise<{ jobId: string; created: boolean }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const made = await insertJob(tx, request);
    if (made) return { jobId: made.id, created: true };
    const inFlight = await findInFlight(tx, request);
    if (inFlight) return { jobId: inFlight.id, created: false };
  }
  throw new DefectError("Jobs end faster than a new one can be asked for.", {
    code: "SYNC_REQUEST_RACE",
    task: "request_sync",
  });
}

/** The job in flight may end between the two questions; then the first is asked again. */
const MOST_TRIES = 5;

type JobId = { id: string } | undefined;

async function insertJob(tx: TenantTx, request: SyncRequest): Promise<JobId> {
  const { shopId, platform, jobType, requestedBy, priority } = request;
  const rows = await tx.$queryRaw`
    INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by, priority)
    VALUES (${shopId}, ${platform}, ${jobType}, ${requestedBy}, ${priority})
    ON CONFLICT (shop_id, platform) WHERE status IN ('QUEUED', 'IN_PROGRESS') DO NOTHING
    RETURNING id::text`;
  return idRows.parse(rows)[0];
}

async function findInFlight(tx: TenantTx, { shopId, platform }: SyncRequest): Promise<JobId> {
  const rows = await tx.$queryRaw`
    SELECT id::text FROM app_dashboard.sync_jobs
    WHERE shop_id = ${shopId} AND platform = ${platform} AND status IN ('QUEUED', 'IN_PROGRESS')`;
  return idRows.parse(rows)[0];
}
