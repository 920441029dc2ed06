import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import type { Platform } from "./job-types";
import { type JobType, jobType } from "./job-types";

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  task: z.string().nullable(),
  retryable: z.boolean(),
});

const count = z.coerce.number();
const rowSchema = z.object({
  platform: z.enum(["SHOPIFY", "META"]),
  connected: z.boolean(),
  paused_at: z.date().nullable(),
  last_success_at: z.date().nullable(),
  data_fresh_to: z.date().nullable(),
  last_ended_at: z.date().nullable(),
  last_error: errorSchema.nullable(),
  error_kind: z.enum(["RETRYABLE", "NEEDS_USER", "DEFECT", "STOPPED"]).nullable(),
});
const runningSchema = z.object({
  running_job_id: z.string(),
  running_job_type: jobType,
  running_status: z.enum(["QUEUED", "IN_PROGRESS"]),
  phase: z.string().nullable(),
  done: count.nullable(),
  total: count.nullable(),
  rate: count.nullable(),
  records_synced: count,
  started_at: z.date().nullable(),
  first_light_at: z.date().nullable(),
  run_after: z.date(),
  waiting_error: errorSchema.nullable(),
});
const anyRow = z.looseObject({ running_job_id: z.string().nullable() });

/** What a job records of its failure. */
export type RecordedError = z.infer<typeof errorSchema>;

export interface RunningJob {
  jobId: string;
  jobType: JobType;
  /** QUEUED (waiting, also between two steps) or IN_PROGRESS. */
  status: "QUEUED" | "IN_PROGRESS";
  phase: string | null;
  done: number | null;
  total: number | null;
  /** Rows a second, as last measured. */
  rate: number | null;
  /** Orders or ad figures read by this job so far. */
  recordsSynced: number;
  startedAt: Date | null;
  firstLightAt: Date | null;
  /** When it goes on, while it is QUEUED. */
  runAfter: Date;
  /** Why the last try failed, while it waits for the next one. */
  waitingError: RecordedError | null;
}

export interface SyncStatus {
  platform: Platform;
  /** Shopify: installed. Meta: a login is stored and an ad account is chosen. */
  connected: boolean;
  pausedAt: Date | null;
  lastSuccessAt: Date | null;
  /** Everything up to this instant is surely there. */
  dataFreshTo: Date | null;
  running: RunningJob | null;
  lastEndedAt: Date | null;
  /** Why the newest ended job failed; null when it did not. */
  lastError: RecordedError | null;
  /** What has to be done about it; STOPPED: nothing, somebody wanted it so. */
  errorKind: "RETRYABLE" | "NEEDS_USER" | "DEFECT" | "STOPPED" | null;
}

/**
 * How a shop's data of each platform stands: last success, what runs now, the newest error. One
 * query, by index. Empty when `db` may not see the shop.
 */
export async function syncStatuses(db: TenantDb, shopId: string): Promise<SyncStatus[]> {
  const rows = await db.tx(
    (tx) => tx.$queryRaw`
      SELECT platform, connected, paused_at, last_success_at, data_fresh_to,
        running_job_id::text, running_job_type, running_status, phase, done, total, rate,
        records_synced, started_at, first_light_at, run_after, waiting_error, last_ended_at,
        last_error, error_kind
      FROM reporting.sync_status WHERE shop_id = ${shopId} ORDER BY platform DESC`,
  );
  return z.array(anyRow).parse(rows).map(statusOf);
}

/** The same for one platform; not connected, and nothing known, when `db` may not see the shop. */
export async function syncStatus(
  db: TenantDb,
  shopId: string,
  platform: Platform = "SHOPIFY",
): Promise<SyncStatus> {
  const statuses = await syncStatuses(db, shopId);
  return statuses.find((status) => status.platform === platform) ?? { ...UNKNOWN, platform };
}

const UNKNOWN: Omit<SyncStatus, "platform"> = {
  connected: false,
  pausedAt: null,
  lastSuccessAt: null,
  dataFreshTo: null,
  running: null,
  lastEndedAt: null,
  lastError: null,
  errorKind: null,
};

function statusOf(row: z.infer<typeof anyRow>): SyncStatus {
  const status = rowSchema.parse(row);
  return {
    platform: status.platform,
    connected: status.connected,
    pausedAt: status.paused_at,
    lastSuccessAt: status.last_success_at,
    dataFreshTo: status.data_fresh_to,
    running: row.running_job_id === null ? null : runningJob(runningSchema.parse(row)),
    lastEndedAt: status.last_ended_at,
    lastError: status.last_error,
    errorKind: status.error_kind,
  };
}

function runningJob(row: z.infer<typeof runningSchema>): RunningJob {
  return {
    jobId: row.running_job_id,
    jobType: row.running_job_type,
    status: row.running_status,
    phase: row.phase,
    done: row.done,
    total: row.total,
    rate: row.rate,
    recordsSynced: row.records_synced,
    startedAt: row.started_at,
    firstLightAt: row.first_light_at,
    runAfter: row.run_after,
    waitingError: row.waiting_error,
  };
}
