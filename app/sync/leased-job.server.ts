import type pg from "pg";
import { z } from "zod";
import type { JobError } from "~/lib/errors";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { retryDelayMs } from "./retry";

/** A job that this process may work on for as long as its lease holds. */
export interface LeasedJob {
  shopId: string;
  jobId: string;
  jobType: string;
  priority: number;
  /** Where the job stands, in the form of its own step machine; null at the start. */
  checkpoint: unknown;
  /** Names this one claim: another claim, even of the same process, has another. */
  owner: string;
  startedAt: Date;
}

/** What people see of a running job. Absent parts stay as they are. */
export interface JobProgress {
  phase?: string;
  done?: number;
  total?: number | null;
  /** Rows a second. */
  rate?: number | null;
  recordsSynced?: number;
}

/** The lease went to another worker, or ran out: whatever is not committed must not be. */
export class LeaseLostError extends Error {
  constructor() {
    super("The job's lease was lost.");
    this.name = "LeaseLostError";
  }
}

const claimedRow = z.object({
  job_type: z.string(),
  priority: z.number(),
  checkpoint: z.unknown(),
  started_at: z.date(),
});

/**
 * Takes a QUEUED job whose time has come; null when there is nothing to take (taken by another,
 * ended, not yet due). Two workers that race: one gets it.
 */
export async function claimJob(
  db: WorkerTenantDb,
  { jobId, owner, leaseSeconds }: { jobId: string; owner: string; leaseSeconds: number },
): Promise<LeasedJob | null> {
  // The queue's clock and the database's may differ a little: a delivery slightly early counts.
  const { rows } = await db.pgTx((client) =>
    client.query(
      `UPDATE app_dashboard.sync_jobs SET status = 'IN_PROGRESS', lease_owner = $3,
         lease_until = now() + make_interval(secs => $4), heartbeat_at = now(),
         started_at = coalesce(started_at, now())
       WHERE shop_id = $1 AND id = $2 AND status = 'QUEUED'
         AND run_after <= now() + interval '250 milliseconds'
       RETURNING job_type, priority, checkpoint, started_at`,
      [db.shopId, jobId, owner, leaseSeconds],
    ),
  );
  if (rows.length === 0) return null;
  const row = claimedRow.parse(rows[0]);
  return {
    shopId: db.shopId,
    jobId,
    jobType: row.job_type,
    priority: row.priority,
    checkpoint: row.checkpoint ?? null,
    owner,
    startedAt: row.started_at,
  };
}

/** Makes sure, inside a transaction, that it commits only while the job is ours. */
export async function assertLease(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await update(client, job, "heartbeat_at = now()", []);
}

/** Holds the job a while longer. Throws LeaseLostError when it is no longer ours. */
export async function renewLease(
  db: WorkerTenantDb,
  job: LeasedJob,
  leaseSeconds: number,
): Promise<void> {
  await db.pgTx((client) =>
    update(client, job, "lease_until = now() + make_interval(secs => $4), heartbeat_at = now()", [
      leaseSeconds,
    ]),
  );
}

/**
 * Moves the checkpoint in the transaction that writes the data, so that neither is ever ahead of
 * the other. Throws LeaseLostError, which takes the transaction back. `forgive` forgets earlier
 * failures: for commits that bring data, so that only failing on the spot ends a job.
 */
export async function saveCheckpoint(
  client: pg.ClientBase,
  job: LeasedJob,
  checkpoint: unknown,
  progress: JobProgress = {},
  { forgive = false }: { forgive?: boolean } = {},
): Promise<void> {
  const attempts = forgive ? "attempts = 0, " : "";
  await update(client, job, `checkpoint = $4::jsonb, ${attempts}${PROGRESS(5)}`, [
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
  await db.pgTx((client) => update(client, job, PROGRESS(4), progressValues(progress)));
}

/** Gives the job back to come again at `runAfter`, with its checkpoint as last saved. */
export async function putBack(db: WorkerTenantDb, job: LeasedJob, runAfter: Date): Promise<void> {
  await db.pgTx((client) => update(client, job, `${RELEASED}, run_after = $4`, [runAfter]));
}

/** Notes that the newest days stand, in the transaction that wrote them. */
export async function markFirstLight(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await update(client, job, "first_light_at = coalesce(first_light_at, now())", []);
}

/** Ends the job well, in the transaction of its last data. */
export async function succeedJob(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await update(
    client,
    job,
    `status = 'SUCCEEDED', finished_at = now(), lease_owner = NULL, lease_until = NULL, error = NULL,
     phase = NULL, done = coalesce(total, done)`,
    [],
  );
}

/**
 * Records why the job could not go on. A retryable error brings it back after a pause (the API's
 * own hint first) until it has failed too often without progress; every other ends it.
 * Answers when it runs again, null when it is over.
 */
export async function failJob(
  db: WorkerTenantDb,
  job: LeasedJob,
  error: JobError,
  hintMs?: number,
): Promise<Date | null> {
  return db.pgTx(async (client) => {
    const { rows } = await client.query<{ attempts: number }>(
      "SELECT attempts FROM app_dashboard.sync_jobs WHERE shop_id = $1 AND id = $2 FOR UPDATE",
      [job.shopId, job.jobId],
    );
    const delay = error.retryable ? retryDelayMs(rows[0]?.attempts ?? 0, hintMs) : null;
    const recorded = "error = $4::jsonb, attempts = attempts + 1";
    if (delay === null) {
      await update(client, job, `${recorded}, ${FAILED}`, [JSON.stringify(error)]);
      return null;
    }
    const runAfter = new Date(Date.now() + delay);
    await update(client, job, `${recorded}, ${RELEASED}, run_after = $5`, [
      JSON.stringify(error),
      runAfter,
    ]);
    return runAfter;
  });
}

const FAILED = "status = 'FAILED', finished_at = now(), lease_owner = NULL, lease_until = NULL";
const RELEASED = "status = 'QUEUED', lease_owner = NULL, lease_until = NULL";

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

async function update(
  client: pg.ClientBase,
  job: LeasedJob,
  assignments: string,
  values: readonly unknown[],
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE app_dashboard.sync_jobs SET ${assignments}
     WHERE shop_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'IN_PROGRESS'`,
    [job.shopId, job.jobId, job.owner, ...values],
  );
  if (rowCount !== 1) throw new LeaseLostError();
}
