import type pg from "pg";

/** A job that this process may work on for as long as its lease holds. */
export interface LeasedJob {
  shopId: string;
  jobId: string;
  /** SHOPIFY | META */
  platform: string;
  jobType: string;
  priority: number;
  /** `install`, `schedule`, `webhook`, or who asked. */
  requestedBy: string;
  /** Where the job stands, in the form of its own step machine; null at the start. */
  checkpoint: unknown;
  /** Names this one claim: another claim, even of the same process, has another. */
  owner: string;
  startedAt: Date;
}

/** The lease went to another worker, or ran out: whatever is not committed must not be. */
export class LeaseLostError extends Error {
  constructor() {
    super("The job's lease was lost.");
    this.name = "LeaseLostError";
  }
}

/**
 * The one way to write to a job that runs: only while the lease is this claim's. Throws
 * LeaseLostError, which takes the caller's transaction back.
 */
export async function updateLeased(
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
