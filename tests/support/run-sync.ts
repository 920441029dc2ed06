import type { JobQueue } from "~/jobs/queue-backend.server";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { type SyncStatus, syncStatus } from "~/sync/freshness.server";
import type { JobType, Platform } from "~/sync/job-types";
import type { MetaAccess } from "../../workers/meta-access";
import { syncShop } from "../../workers/processors/sync-shop";
import type { Turns } from "../../workers/turns";
import type { TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, askForSync } from "./connected-shop";

/** Carries nothing: the test itself comes back to the job. */
export const NO_QUEUE: JobQueue = {
  add: async () => undefined,
  size: async () => 0,
  waiting: async () => [],
  empty: async () => undefined,
  close: async () => undefined,
};

interface RunOptions {
  database: TestDatabase;
  simulatorOrigin: string;
  fetch?: typeof fetch;
  turns?: Turns;
}

/** A job keeps its slot to its end. */
const ALONE: Turns = { turnMs: 0, othersWait: () => false };

/** Asks for a sync of the shop's orders and works on it, delivery after delivery, until it ended. */
export async function runSync(
  db: WorkerTenantDb,
  jobType: JobType,
  { database, simulatorOrigin, fetch = createOutgoingFetch(simulatorOrigin), turns }: RunOptions,
): Promise<SyncStatus> {
  const jobId = await askForSync(db, jobType);
  return work(db, jobId, { database, platform: "SHOPIFY", fetch, meta: null, turns });
}

/** Works on the Shopify job that is queued already, whoever asked for it, until it ended. */
export async function runQueued(
  db: WorkerTenantDb,
  { database, simulatorOrigin, fetch = createOutgoingFetch(simulatorOrigin) }: RunOptions,
): Promise<SyncStatus> {
  const { rows } = await database.admin.query<{ id: string }>(
    `SELECT id::text FROM app_dashboard.sync_jobs
     WHERE shop_id = $1 AND platform = 'SHOPIFY' AND status = 'QUEUED'`,
    [db.shopId],
  );
  return work(db, rows[0]?.id ?? "", { database, platform: "SHOPIFY", fetch, meta: null });
}

/** Asks for a sync of the shop's ads and works on it until it ended. */
export async function runAdSync(
  db: WorkerTenantDb,
  jobType: JobType,
  { database, meta, turns }: { database: TestDatabase; meta: MetaAccess; turns?: Turns },
): Promise<SyncStatus> {
  const jobId = await askForSync(db, jobType, "META");
  return work(db, jobId, { database, platform: "META", fetch: meta.fetch, meta, turns });
}

interface WorkOptions {
  database: TestDatabase;
  platform: Platform;
  fetch: typeof fetch;
  meta: MetaAccess | null;
  turns?: Turns | undefined;
}

/** One delivery of a job: it works until it ended, waits, or gives its slot to others. */
export async function deliver(
  db: WorkerTenantDb,
  jobId: string,
  { database, fetch, meta, turns = ALONE }: Omit<WorkOptions, "platform">,
): Promise<void> {
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
      turns,
      log: createLogger({ level: "silent" }),
    },
  );
}

async function work(
  db: WorkerTenantDb,
  jobId: string,
  { platform, ...options }: WorkOptions,
): Promise<SyncStatus> {
  const { database } = options;
  for (;;) {
    await deliver(db, jobId, options);
    const status = await syncStatus(db, db.shopId, platform);
    if (!status.running) return status;
    await database.admin.query(
      "UPDATE app_dashboard.sync_jobs SET run_after = now() WHERE status = 'QUEUED'",
    );
    await database.admin.query("UPDATE app_dashboard.api_budgets SET blocked_until = now()");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
