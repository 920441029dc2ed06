import type pg from "pg";
import { errorKind, MeritError, ThrottledError, toJobError } from "~/lib/errors";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type LeasedJob, updateLeased } from "./lease-guard.server";
import { retryDelayMs } from "./retry";

/**
 * Gives the job back to come again at `runAfter`, with its checkpoint as last saved; `priority` is
 * given where it changes (priorities.ts).
 */
export async function putBack(
  db: WorkerTenantDb,
  job: LeasedJob,
  runAfter: Date,
  priority = job.priority,
): Promise<void> {
  await db.pgTx((client) =>
    updateLeased(client, job, `${RELEASED}, run_after = $4, priority = $5`, [runAfter, priority]),
  );
}

/** Ends the job well, in the transaction of its last data. */
export async function succeedJob(client: pg.ClientBase, job: LeasedJob): Promise<void> {
  await updateLeased(
    client,
    job,
    `status = 'SUCCEEDED', finished_at = now(), lease_owner = NULL, lease_until = NULL, error = NULL,
     error_kind = NULL, phase = NULL, done = coalesce(total, done)`,
    [],
  );
}

/**
 * Records why the job could not go on. A retryable error brings it back after a pause (the API's own
 * hint first) until it has failed too often without progress; an API that only asks to wait is no
 * failure and brings it back always; every other error ends it. Answers when it runs again, null
 * when it is over.
 */
export async function failJob(
  db: WorkerTenantDb,
  job: LeasedJob,
  thrown: unknown,
): Promise<Date | null> {
  return db.pgTx(async (client) => {
    const { rows } = await client.query<{ attempts: number }>(
      "SELECT attempts FROM app_dashboard.sync_jobs WHERE shop_id = $1 AND id = $2 FOR UPDATE",
      [job.shopId, job.jobId],
    );
    const delay = delayAfter(thrown, rows[0]?.attempts ?? 0);
    const attempts = thrown instanceof ThrottledError ? "" : ", attempts = attempts + 1";
    const recorded = `error = $4::jsonb, error_kind = $5${attempts}`;
    const values = [JSON.stringify(toJobError(thrown)), errorKind(thrown)];
    if (delay === null) {
      await updateLeased(client, job, `${recorded}, ${FAILED}`, values);
      return null;
    }
    const runAfter = new Date(Date.now() + delay);
    await updateLeased(client, job, `${recorded}, ${RELEASED}, run_after = $6`, [
      ...values,
      runAfter,
    ]);
    return runAfter;
  });
}

/** Where an API asks to wait and does not say how long. */
const THROTTLED_MS = 30_000;

function delayAfter(thrown: unknown, failuresBefore: number): number | null {
  const hintMs = thrown instanceof MeritError ? thrown.retryAfterMs : undefined;
  if (thrown instanceof ThrottledError) return hintMs ?? THROTTLED_MS;
  return toJobError(thrown).retryable ? retryDelayMs(failuresBefore, hintMs) : null;
}

const FAILED = "status = 'FAILED', finished_at = now(), lease_owner = NULL, lease_until = NULL";
const RELEASED = "status = 'QUEUED', lease_owner = NULL, lease_until = NULL";
