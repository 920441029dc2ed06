import type { JobQueue } from "~/jobs/queue-backend.server";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { syncStatus } from "~/sync/freshness.server";
import type { JobType } from "~/sync/sync-jobs.server";
import { syncShop } from "../../workers/processors/sync-shop";
import type { TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, askForSync } from "./connected-shop";

/** Carries nothing: the test itself comes back to the job. */
const NO_QUEUE: JobQueue = {
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

/** Asks for a sync and works on it, delivery after delivery, until it ended. */
export async function runSync(
  db: WorkerTenantDb,
  jobType: JobType,
  { database, simulatorOrigin, fetch = createOutgoingFetch(simulatorOrigin) }: RunOptions,
): Promise<Awaited<ReturnType<typeof syncStatus>>> {
  const jobId = await askForSync(db, jobType);
  for (;;) {
    await syncShop(
      { shopId: db.shopId, jobId },
      {
        database: database.worker,
        queue: NO_QUEUE,
        access: { clientId: API_KEY, clientSecret: API_SECRET, fetch },
        meta: null,
        workerId: "test",
        leaseSeconds: 30,
        drain: new AbortController().signal,
        log: createLogger({ level: "silent" }),
      },
    );
    const status = await syncStatus(db, db.shopId);
    if (!status.running) return status;
    await database.admin.query(
      "UPDATE app_dashboard.sync_jobs SET run_after = now() WHERE status = 'QUEUED'",
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
