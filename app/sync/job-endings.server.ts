import type pg from "pg";
import type { JobError } from "~/lib/errors";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type LeasedJob, updateLeased } from "./lease-guard.server";
import { retryDelayMs } from "./retry";

/** Gives the job back to come again at `runAfter`, with its checkpoint as last saved. */
export async function putBack(db: WorkerTenantDb, job: LeasedJob, runAfter: Date): Promise<void> {
  await db.pgTx((client) => updateLeased(client, job, `${RELEASED}, run_after = $4`, [runAfter]));
}

/** Ends the job well, in the transaction of its last data. */
export async function succeedJob(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await updateLeased(
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
      await updateLeased(client, job, `${recorded}, ${FAILED}`, [JSON.stringify(error)]);
      return null;
    }
    const runAfter = new Date(Date.now() + delay);
    await updateLeased(client, job, `${recorded}, ${RELEASED}, run_after = $5`, [
      JSON.stringify(error),
      runAfter,
    ]);
    return runAfter;
  });
}

const FAILED = "status = 'FAILED', finished_at = now(), lease_owner = NULL, lease_until = NULL";
const RELEASED = "status = 'QUEUED', lease_owner = NULL, lease_until = NULL";
