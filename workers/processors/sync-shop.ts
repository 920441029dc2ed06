import { randomUUID } from "node:crypto";
import { syncShopJob } from "~/jobs/contracts";
import { enqueueSync } from "~/jobs/enqueue.server";
import type { JobQueue } from "~/jobs/queue-backend.server";
import type { Database } from "~/lib/db.server";
import { DefectError, errorKind, toJobError } from "~/lib/errors";
import type { Logger } from "~/lib/logger.server";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { failJob, putBack } from "~/sync/job-endings.server";
import { type LeasedJob, LeaseLostError } from "~/sync/lease-guard.server";
import { claimJob } from "~/sync/leased-job.server";
import { PRIORITY, urgencyOf } from "~/sync/priorities";
import { holdLease } from "../lease";
import { type MetaAccess, shopGraphClient } from "../meta-access";
import { type ShopifyAccess, shopAdminClient } from "../shopify-access";
import type { JobContext, SyncContext, SyncOutcome } from "../syncs/context";
import { runHistory } from "../syncs/history/run-history";
import { runMetaSync } from "../syncs/meta/run-meta-sync";
import { startProgress } from "../syncs/progress";
import { runReconcile } from "../syncs/reconcile/run-reconcile";
import { runIncremental } from "../syncs/run-incremental";
import { beginTurn, type Turns } from "../turns";

export interface SyncShopOptions {
  database: Database;
  queue: JobQueue;
  access: ShopifyAccess;
  /** null where the app has no Meta app. */
  meta: MetaAccess | null;
  workerId: string;
  leaseSeconds: number;
  /** Aborted when the process drains. */
  drain: AbortSignal;
  turns: Turns;
  log: Logger;
}

const SHOPIFY_SYNCS: Readonly<Record<string, (context: SyncContext) => Promise<SyncOutcome>>> = {
  HISTORICAL_INIT: runHistory,
  HISTORICAL_REBUILD: runHistory,
  INCREMENTAL: runIncremental,
  RECONCILE: runReconcile,
};

/**
 * Works on a shop's sync job from its checkpoint until it ends, must wait, fails, or the process
 * drains, or others are to have their turn. A delivery whose job is taken, ended or not yet due does nothing. Throws only when the
 * outcome could not be written down: then the lease runs out and the sweeper brings the job back.
 */
export async function syncShop(payload: unknown, options: SyncShopOptions): Promise<void> {
  const { shopId, jobId } = syncShopJob.schema.parse(payload);
  const db = workerTenantDb(options.database, shopId);
  const owner = `${options.workerId}/${randomUUID()}`;
  const job = await claimJob(db, { jobId, owner, leaseSeconds: options.leaseSeconds });
  if (!job) return;
  const log = options.log.child({
    shop: shopId,
    job: jobId,
    platform: job.platform,
    type: job.jobType,
  });
  const lease = holdLease(db, job, options.leaseSeconds, options.drain);
  const progress = startProgress(db, job, lease.onError);
  try {
    const outcome = await runSync(
      {
        db,
        job,
        signal: lease.signal,
        progress,
        log,
        now: () => new Date(),
        turnIsOver: beginTurn(options.turns),
      },
      options,
    );
    if (outcome.kind === "wait") await comeAgain(db, job, outcome.ms, options);
    else if (outcome.kind === "yield") await putBack(db, job, new Date(), PRIORITY.LONG);
    else log.info("The sync succeeded");
  } catch (error) {
    await settle(db, job, error, { ...options, log }).catch((failure: unknown) => {
      if (!(failure instanceof LeaseLostError)) throw failure;
      log.warn("The lease was lost: the job was ended, or another worker goes on");
    });
  } finally {
    await progress.stop();
    await lease.stop();
  }
}

async function runSync(context: JobContext, options: SyncShopOptions): Promise<SyncOutcome> {
  const { db, job } = context;
  const shared = { database: options.database, urgency: urgencyOf(job) };
  if (job.platform === "META") {
    return runMetaSync({ ...context, graph: await shopGraphClient(db, options.meta, shared) });
  }
  const run = SHOPIFY_SYNCS[job.jobType];
  if (!run) throw new DefectError(`No sync is called ${job.jobType}.`, { code: "UNKNOWN_JOB" });
  const { access } = options;
  const admin = shopAdminClient(db, access, shared);
  return run({ ...context, admin, fetch: access.fetch });
}

/** Writes down why a job stopped: drained, to be retried, or failed. Throws LeaseLostError. */
async function settle(
  db: WorkerTenantDb,
  job: LeasedJob,
  error: unknown,
  options: SyncShopOptions,
): Promise<void> {
  const { log } = options;
  if (error instanceof LeaseLostError) throw error;
  if (options.drain.aborted) {
    await putBack(db, job, new Date());
    log.info("The job was given back: this worker stops");
    return;
  }
  const what = { err: error, error: toJobError(error), kind: errorKind(error) };
  const runAfter = await failJob(db, job, error);
  if (!runAfter) {
    log.error(what, "The sync failed");
    return;
  }
  log.warn({ ...what, run_after: runAfter }, "The sync is tried again");
  await deliver(job, runAfter, options);
}

async function comeAgain(
  db: WorkerTenantDb,
  job: LeasedJob,
  ms: number,
  options: SyncShopOptions,
): Promise<void> {
  const runAfter = new Date(Date.now() + ms);
  await putBack(db, job, runAfter);
  await deliver(job, runAfter, options);
}

/**
 * The dispatcher would bring the job too; the queue's own delay is only more punctual, and only used
 * while nobody waits: else the jobs that come back often would keep those out that wait.
 */
async function deliver(job: LeasedJob, turn: Date, options: SyncShopOptions): Promise<void> {
  const { queue, turns, log } = options;
  if (turns.othersWait()) return;
  const { shopId, jobId } = job;
  const delayMs = Math.max(0, turn.getTime() - Date.now());
  try {
    await enqueueSync({ shopId, jobId, delayMs, turn }, queue);
  } catch (error) {
    log.warn({ err: error }, "The queue could not be reached; the dispatcher brings the job");
  }
}
