import { z } from "zod";
import { DefectError } from "~/lib/errors";
import type { TenantTx } from "~/lib/tenant-db.server";
import { makesWay } from "./greater-wish";
import { type JobType, jobType as jobTypes, type Platform } from "./job-types";
import { stopJobs } from "./stop-jobs.server";

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
 * `enqueueSync` after the commit. Never two at once for a shop and platform: while one is in flight,
 * the greater wish wins. One that nobody began becomes what is asked for here, at once, if the
 * schedule or webhooks queued it or if it does less; a check that runs is ended for anything that
 * reads data. Else the one in flight is meant and answered, and nothing is created.
 */
export async function requestSync(
  tx: TenantTx,
  request: SyncRequest,
): Promise<{ jobId: string; created: boolean }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const made = await insertJob(tx, request);
    const mine = made ?? (await takeOver(tx, request));
    if (mine) return { jobId: mine.id, created: true };
    const inFlight = await findInFlight(tx, request);
    if (inFlight && !(await endedCheck(tx, request, inFlight))) {
      return { jobId: inFlight.id, created: false };
    }
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

/** Who asks waits for neither the schedule, which spreads its jobs over minutes, nor a lesser job. */
async function takeOver(tx: TenantTx, request: SyncRequest): Promise<JobId> {
  const { shopId, platform, jobType, requestedBy, priority } = request;
  const lesser = jobTypes.options.filter((type) =>
    makesWay({ jobType: type, begun: false }, jobType),
  );
  const rows = await tx.$queryRaw`
    UPDATE app_dashboard.sync_jobs
    SET job_type = ${jobType}, requested_by = ${requestedBy}, priority = ${priority}, run_after = now()
    WHERE shop_id = ${shopId} AND platform = ${platform} AND status = 'QUEUED'
      AND started_at IS NULL
      AND (requested_by IN ('schedule', 'webhook') OR job_type = ANY (${lesser}))
    RETURNING id::text`;
  return idRows.parse(rows)[0];
}

const inFlightRows = z.array(z.object({ id: z.string(), job_type: jobTypes })).max(1);
type InFlight = z.infer<typeof inFlightRows>[number];

async function findInFlight(
  tx: TenantTx,
  { shopId, platform }: SyncRequest,
): Promise<InFlight | undefined> {
  const rows = await tx.$queryRaw`
    SELECT id::text, job_type FROM app_dashboard.sync_jobs
    WHERE shop_id = ${shopId} AND platform = ${platform} AND status IN ('QUEUED', 'IN_PROGRESS')`;
  return inFlightRows.parse(rows)[0];
}

/**
 * A check of the whole history may take long, and nobody waits for it: it ends, keeping what it
 * repaired, and the schedule begins it anew once the data is fresh (connections_to_schedule).
 */
async function endedCheck(
  tx: TenantTx,
  { shopId, jobType }: SyncRequest,
  inFlight: InFlight,
): Promise<boolean> {
  if (!makesWay({ jobType: inFlight.job_type, begun: true }, jobType)) return false;
  await stopJobs(tx, {
    shopId,
    jobId: inFlight.id,
    code: "GAVE_WAY",
    message: "Somebody asked for an update; the check comes again by itself.",
  });
  return true;
}
