import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type LeasedJob, LeaseLostError } from "~/sync/lease-guard.server";
import { renewLease } from "~/sync/leased-job.server";

export interface HeldLease {
  /** Aborted when the lease is lost or the process drains. */
  signal: AbortSignal;
  /** For whoever else writes to the job and hears that it is no longer ours. */
  onError(error: unknown): void;
  stop(): Promise<void>;
}

/**
 * Renews a job's lease while it runs, three times in its length. A renewal that fails otherwise
 * than by the lease's loss is tried again at the next turn: the database may be restarting.
 */
export function holdLease(
  db: WorkerTenantDb,
  job: LeasedJob,
  leaseSeconds: number,
  drain: AbortSignal,
): HeldLease {
  const lost = new AbortController();
  const onError = (error: unknown) => {
    if (error instanceof LeaseLostError) lost.abort(error);
  };
  let renewing: Promise<void> = Promise.resolve();
  const timer = setInterval(
    () => {
      renewing = renewLease(db, job, leaseSeconds).catch(onError);
    },
    (leaseSeconds * 1000) / 3,
  );
  return {
    signal: AbortSignal.any([lost.signal, drain]),
    onError,
    async stop() {
      clearInterval(timer);
      await renewing;
    },
  };
}
