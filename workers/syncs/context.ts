import type pg from "pg";
import type { AdminClient } from "~/connectors/shopify/admin-client.server";
import type { Logger } from "~/lib/logger.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import type { LeasedJob } from "~/sync/lease-guard.server";
import type { ProgressReporter } from "./progress";

/** What every sync works with: one shop, one leased job and where it reports. */
export interface JobContext {
  db: WorkerTenantDb;
  job: LeasedJob;
  /** Aborted when the process drains or the lease is lost. */
  signal: AbortSignal;
  progress: ProgressReporter;
  log: Logger;
  now: () => Date;
  /**
   * Whether this job has had its slot for long enough and others wait: then a sync gives it back
   * after a commit, with the outcome `yield`. A job alone on the machine keeps its slot.
   */
  turnIsOver: () => boolean;
}

/** A sync of Shopify: the job's own, and the shop's connection. */
export interface SyncContext extends JobContext {
  admin: AdminClient;
  /** For addresses that are not the Admin API: bulk files. */
  fetch: typeof fetch;
}

/** A sync must wait before its next step, or gives its slot to others; it has committed all it did. */
export type SyncBreak = { kind: "wait"; ms: number } | { kind: "yield" };

/** A sync has ended well, or comes again. */
export type SyncOutcome = { kind: "done" } | SyncBreak;

/** A transaction of the shop that a drain or a lost lease does not begin any more. */
export function transaction<T>(
  { db, signal }: JobContext,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  return db.pgTx(work);
}
