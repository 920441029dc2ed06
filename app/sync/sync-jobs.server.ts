import { z } from "zod";
import { DefectError } from "~/lib/errors";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { JobType, Platform } from "./job-types";

export interface SyncRequest {
  shopId: string;
  platform: Platform;
  jobType: JobType;
  /** `install`, or who asked. */
  requestedBy: string;
  /** Seconds of head start that it gives to others (priorities.ts). */
  priority: number;
}

const idRows = z.array(z.object({ id: z.string() })).max(1);

/**
 * Writes a QUEUED job in the transaction of whatever asks for it; hand it to the queue with
 * `enqueueSync` after the commit. While one is in flight for the shop and platform, that one is
 * answered instead: never two at once. One that the schedule queued and nobody began becomes what is
 * asked for here, at once, and counts as created.
 */
export async function requestSync(
  tx: TenantTx,
  request: SyncRequest,
): Promise<{ jobId: string; created: boolean }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const made = await insertJob(tx, request);
    const mine = made ?? (await takeOverScheduled(tx, request));
    if (mine) return { jobId: mine.id, created: true };
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

/** The schedule spreads its jobs over minutes; who asks for one does not wait for that. */
async function takeOverScheduled(tx: TenantTx, request: SyncRequest): Promise<JobId> {
  const { shopId, platform, jobType, requestedBy, priority } = request;
  const rows = await tx.$queryRaw`
    UPDATE app_dashboard.sync_jobs
    SET job_type = ${jobType}, requested_by = ${requestedBy}, priority = ${priority}, run_after = now()
    WHERE shop_id = ${shopId} AND platform = ${platform} AND status = 'QUEUED'
      AND requested_by = 'schedule' AND started_at IS NULL
    RETURNING id::text`;
  return idRows.parse(rows)[0];
}

async function findInFlight(tx: TenantTx, { shopId, platform }: SyncRequest): Promise<JobId> {
  const rows = await tx.$queryRaw`
    SELECT id::text FROM app_dashboard.sync_jobs
    WHERE shop_id = ${shopId} AND platform = ${platform} AND status IN ('QUEUED', 'IN_PROGRESS')`;
  return idRows.parse(rows)[0];
}
