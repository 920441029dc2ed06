import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type LeasedJob, LeaseLostError } from "~/sync/lease-guard.server";
import { holdsLease, renewLease } from "~/sync/leased-job.server";

export interface HeldLease {
  /** Aborted when the lease is lost or the process drains. */
  signal: AbortSignal;
  /** For whoever else writes to the job and hears that it is no longer ours. */
  onError(error: unknown): void;
  stop(): Promise<void>;
}

/** So soon a job that a person canceled stops, also where it writes nothing meanwhile. */
const LOOK_MS = 1_000;

/**
 * Renews a job's lease while it runs, three times in its length, and looks every second whether it
 * is still ours. What fails otherwise than by the lease's loss is tried again at the next turn: the
 * database may be restarting.
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
  const renewMs = (leaseSeconds * 1000) / 3;
  let renewedAt = Date.now();
  let looking: Promise<void> | undefined;
  const look = async () => {
    if (Date.now() - renewedAt >= renewMs) {
      await renewLease(db, job, leaseSeconds);
      renewedAt = Date.now();
    } else if (!(await holdsLease(db, job))) throw new LeaseLostError();
  };
  const timer = setInterval(
    () => {
      looking ??= look()
        .catch(onError)
        .finally(() => {
          looking = undefined;
        });
    },
    Math.min(LOOK_MS, renewMs),
  );
  return {
    signal: AbortSignal.any([lost.signal, drain]),
    onError,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
