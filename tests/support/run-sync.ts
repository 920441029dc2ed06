import type { JobQueue } from "~/jobs/queue-backend.server";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type SyncStatus, syncStatus } from "~/sync/freshness.server";
import type { JobType, Platform } from "~/sync/sync-jobs.server";
import type { MetaAccess } from "../../workers/meta-access";
import { syncShop } from "../../workers/processors/sync-shop";
import type { TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, askForSync } from "./connected-shop";

/** Carries nothing: the test itself comes back to the job. */
export const NO_QUEUE: JobQueue = {
  add: async () => undefined,
  size: async () => 0,
  empty: async () => undefined,
  close: async () => undefined,
};

interface RunOptions {
  database: TestDatabase;
  simulatorOrigin: string;
  fetch?: typeof fetch;
}

/** Asks for a sync of the shop's orders and works on it, delivery after delivery, until it ended. */
export async function runSync(
  db: WorkerTenantDb,
  jobType: JobType,
  { database, simulatorOrigin, fetch = createOutgoingFetch(simulatorOrigin) }: RunOptions,
): Promise<SyncStatus> {
  const jobId = await askForSync(db, jobType);
  return work(db, jobId, { database, platform: "SHOPIFY", fetch, meta: null });
}

/** The same for the shop's ads. */
export async function runAdSync(
  db: WorkerTenantDb,
  jobType: JobType,
  { database, meta }: { database: TestDatabase; meta: MetaAccess },
): Promise<SyncStatus> {
  const jobId = await askForSync(db, jobType, "META");
  return work(db, jobId, { database, platform: "META", fetch: meta.fetch, meta });
}

interface WorkOptions {
  database: TestDatabase;
  platform: Platform;
  fetch: typeof fetch;
  meta: MetaAccess | null;
}

async function work(
  db: WorkerTenantDb,
  jobId: string,
  { database, platform, fetch, meta }: WorkOptions,
): Promise<SyncStatus> {
  for (;;) {
    await syncShop(
      { shopId: db.shopId, jobId },
      {
        database: database.worker,
        queue: NO_QUEUE,
        access: { clientId: API_KEY, clientSecret: API_SECRET, fetch },
        meta,
        workerId: "test",
        leaseSeconds: 30,
        drain: new AbortController().signal,
        log: createLogger({ level: "silent" }),
      },
    );
    const status = await syncStatus(db, db.shopId, platform);
    if (!status.running) return status;
    await database.admin.query(
      "UPDATE app_dashboard.sync_jobs SET run_after = now() WHERE status = 'QUEUED'",
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
