import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  task: z.string().nullable(),
  retryable: z.boolean(),
});

const count = z.coerce.number().nullable();
const rowSchema = z.object({
  platform: z.string(),
  last_success_at: z.date().nullable(),
  data_fresh_to: z.date().nullable(),
  running_job_id: z.string().nullable(),
  running_job_type: z.string().nullable(),
  running_status: z.string().nullable(),
  phase: z.string().nullable(),
  done: count,
  total: count,
  rate: count,
  started_at: z.date().nullable(),
  first_light_at: z.date().nullable(),
  last_error: errorSchema.nullable(),
});

export interface RunningJob {
  jobId: string;
  jobType: string;
  /** QUEUED (waiting, also between two steps) or IN_PROGRESS. */
  status: string;
  phase: string | null;
  done: number | null;
  total: number | null;
  /** Rows a second, as last measured. */
  rate: number | null;
  startedAt: Date | null;
  firstLightAt: Date | null;
}

export interface SyncStatus {
  platform: string;
  lastSuccessAt: Date | null;
  /** Everything up to this instant is surely there. */
  dataFreshTo: Date | null;
  running: RunningJob | null;
  /** Why the newest ended job failed; null when it did not. */
  lastError: z.infer<typeof errorSchema> | null;
}

/** How a shop's data of one platform stands: last success, what runs now, the newest error. One query. */
export async function syncStatus(
  db: TenantDb,
  shopId: string,
  platform: "SHOPIFY" | "META" = "SHOPIFY",
): Promise<SyncStatus> {
  const rows = await db.tx(
    (tx) => tx.$queryRaw`
      SELECT platform, last_success_at, data_fresh_to, running_job_id::text, running_job_type,
        running_status, phase, done, total, rate, started_at, first_light_at, last_error
      FROM reporting.sync_status WHERE shop_id = ${shopId} AND platform = ${platform}`,
  );
  const [row] = z.array(rowSchema).max(1).parse(rows);
  if (!row) {
    return { platform, lastSuccessAt: null, dataFreshTo: null, running: null, lastError: null };
  }
  return {
    platform: row.platform,
    lastSuccessAt: row.last_success_at,
    dataFreshTo: row.data_fresh_to,
    running: runningJob(row),
    lastError: row.last_error,
  };
}

function runningJob(row: z.infer<typeof rowSchema>): RunningJob | null {
  if (!row.running_job_id || !row.running_job_type || !row.running_status) return null;
  return {
    jobId: row.running_job_id,
    jobType: row.running_job_type,
    status: row.running_status,
    phase: row.phase,
    done: row.done,
    total: row.total,
    rate: row.rate,
    startedAt: row.started_at,
    firstLightAt: row.first_light_at,
  };
}
