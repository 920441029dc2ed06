import type pg from "pg";
import type { AdminClient } from "~/connectors/shopify/admin-client.server";
import type { Logger } from "~/lib/logger.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import type { LeasedJob } from "~/sync/lease-guard.server";
import type { ProgressReporter } from "./progress";

/** What a sync works with: one shop, one leased job, its connection and where it reports. */
export interface SyncContext {
  db: WorkerTenantDb;
  job: LeasedJob;
  admin: AdminClient;
  /** For addresses that are not the Admin API: bulk files. */
  fetch: typeof fetch;
  /** Aborted when the process drains or the lease is lost. */
  signal: AbortSignal;
  progress: ProgressReporter;
  log: Logger;
  now: () => Date;
}

/** A sync has ended well, or must wait before its next step. */
export type SyncOutcome = { kind: "done" } | { kind: "wait"; ms: number };

/** A transaction of the shop that a drain or a lost lease does not begin any more. */
export function transaction<T>(
  { db, signal }: SyncContext,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  return db.pgTx(work);
}
