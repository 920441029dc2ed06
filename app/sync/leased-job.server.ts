import type pg from "pg";
import { z } from "zod";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type LeasedJob, updateLeased } from "./lease-guard.server";
import { stopUnwanted } from "./unwanted-jobs.server";

/** What people see of a running job. Absent parts stay as they are. */
export interface JobProgress {
  phase?: string;
  done?: number;
  total?: number | null;
  /** Rows a second. */
  rate?: number | null;
  recordsSynced?: number;
}

const claimedRow = z.object({
  platform: z.string(),
  job_type: z.string(),
  priority: z.number(),
  requested_by: z.string(),
  checkpoint: z.unknown(),
  started_at: z.date(),
});

/**
 * Takes a QUEUED job whose time has come; null when there is nothing to take (taken by another,
 * ended, not yet due). One that nobody wants any more ends here. Two workers that race: one gets it.
 */
export async function claimJob(
  db: WorkerTenantDb,
  { jobId, owner, leaseSeconds }: { jobId: string; owner: string; leaseSeconds: number },
): Promise<LeasedJob | null> {
  // The queue's clock and the database's may differ a little: a delivery slightly early counts.
  const { rows } = await db.pgTx(async (client) => {
    await stopUnwanted(client, { shopId: db.shopId, jobId });
    return client.query(
      `UPDATE app_dashboard.sync_jobs SET status = 'IN_PROGRESS', lease_owner = $3,
         lease_until = now() + make_interval(secs => $4), heartbeat_at = now(),
         started_at = coalesce(started_at, now())
       WHERE shop_id = $1 AND id = $2 AND status = 'QUEUED'
         AND run_after <= now() + interval '250 milliseconds'
       RETURNING platform, job_type, priority, requested_by, checkpoint, started_at`,
      [db.shopId, jobId, owner, leaseSeconds],
    );
  });
  if (rows.length === 0) return null;
  const row = claimedRow.parse(rows[0]);
  return {
    shopId: db.shopId,
    jobId,
    platform: row.platform,
    jobType: row.job_type,
    priority: row.priority,
    requestedBy: row.requested_by,
    checkpoint: row.checkpoint ?? null,
    owner,
    startedAt: row.started_at,
  };
}

/** Makes sure, inside a transaction, that it commits only while the job is ours. */
export async function assertLease(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await updateLeased(client, job, "heartbeat_at = now()", []);
}

/** Whether the job is still ours: not canceled, not taken back. */
export async function holdsLease(db: WorkerTenantDb, job: LeasedJob): Promise<boolean> {
  const { rowCount } = await db.pgTx((client) =>
    client.query(
      `SELECT FROM app_dashboard.sync_jobs
       WHERE shop_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'IN_PROGRESS'`,
      [job.shopId, job.jobId, job.owner],
    ),
  );
  return rowCount === 1;
}

/** Holds the job a while longer. Throws LeaseLostError when it is no longer ours. */
export async function renewLease(
  db: WorkerTenantDb,
  job: LeasedJob,
  leaseSeconds: number,
): Promise<void> {
  await db.pgTx((client) =>
    updateLeased(
      client,
      job,
      "lease_until = now() + make_interval(secs => $4), heartbeat_at = now()",
      [leaseSeconds],
    ),
  );
}

/**
 * Moves the checkpoint in the transaction that writes the data, so that neither is ever ahead of
 * the other. Throws LeaseLostError, which takes the transaction back. `forgive` forgets earlier
 * failures and what they said: for commits that bring data, so that only failing on the spot ends a
 * job.
 */
export async function saveCheckpoint(
  client: pg.ClientBase,
  job: LeasedJob,
  checkpoint: unknown,
  progress: JobProgress = {},
  { forgive = false }: { forgive?: boolean } = {},
): Promise<void> {
  const attempts = forgive ? "attempts = 0, error = NULL, error_kind = NULL, " : "";
  await updateLeased(client, job, `checkpoint = $4::jsonb, ${attempts}${PROGRESS(5)}`, [
    JSON.stringify(checkpoint),
    ...progressValues(progress),
  ]);
}

/** Shows how far the job is, apart from any data. Throws LeaseLostError. */
export async function recordProgress(
  db: WorkerTenantDb,
  job: LeasedJob,
  progress: JobProgress,
): Promise<void> {
  await db.pgTx((client) => updateLeased(client, job, PROGRESS(4), progressValues(progress)));
}

/** Notes that the newest days stand, in the transaction that wrote them. */
export async function markFirstLight(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await updateLeased(client, job, "first_light_at = coalesce(first_light_at, now())", []);
}

/** A new phase begins with what is known of it; within a phase, what is not said stays. */
const PROGRESS = (first: number) => {
  const kept = (column: string, type: string, offset: number) =>
    `${column} = CASE WHEN phase IS DISTINCT FROM $${first}::text AND $${first}::text IS NOT NULL
       THEN $${first + offset}::${type} ELSE coalesce($${first + offset}::${type}, ${column}) END`;
  return `phase = coalesce($${first}::text, phase), ${kept("done", "bigint", 1)},
    ${kept("total", "bigint", 2)}, ${kept("rate", "numeric", 3)},
    records_synced = greatest(records_synced, $${first + 4}::bigint), heartbeat_at = now()`;
};

function progressValues({ phase, done, total, rate, recordsSynced }: JobProgress): unknown[] {
  return [phase ?? null, done ?? null, total ?? null, rate ?? null, recordsSynced ?? null];
}
