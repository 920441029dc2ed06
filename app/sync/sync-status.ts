import { z } from "zod";
import type { RunningJob, SyncStatus } from "./freshness.server";
import { jobType } from "./job-types";
import { isStale, SYNC_STATES, secondsLeft, stateOf } from "./sync-state";

const instant = z.iso.datetime();
const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  task: z.string().nullable(),
  /** Whether trying again can help. */
  retryable: z.boolean(),
});

const runningSchema = z.object({
  job_id: z.uuid(),
  job_type: jobType,
  status: z.enum(["QUEUED", "IN_PROGRESS"]),
  phase: z.string().nullable(),
  /** Of the present phase. */
  done: z.number().nullable(),
  total: z.number().nullable(),
  /** Rows a second. */
  rate: z.number().nullable(),
  records_synced: z.number(),
  started_at: instant.nullable(),
  /** When the newest days stood, of a job that reads a whole history. */
  first_light_at: instant.nullable(),
  /** Of the present phase; null while that is not known. */
  seconds_left: z.number().nullable(),
});

/** The answer of `GET /api/shops/:shop_id/sync-status`. Instants are ISO 8601 in UTC. */
export const syncStatusAnswer = z.object({
  shop_id: z.string(),
  /** The age of data after which an update is due. */
  max_staleness_minutes: z.number(),
  platforms: z.array(
    z.object({
      platform: z.enum(["SHOPIFY", "META"]),
      state: z.enum(SYNC_STATES),
      connected: z.boolean(),
      paused_at: instant.nullable(),
      last_success_at: instant.nullable(),
      /** Everything up to this instant is surely there. */
      data_fresh_to: instant.nullable(),
      /** Whether the last success is older than `max_staleness_minutes`. */
      stale: z.boolean(),
      running: runningSchema.nullable(),
      /** Why the newest ended job failed; null when it did not. */
      last_error: errorSchema.nullable(),
      error_kind: z.enum(["RETRYABLE", "NEEDS_USER", "DEFECT", "STOPPED"]).nullable(),
    }),
  ),
});
export type SyncStatusAnswer = z.infer<typeof syncStatusAnswer>;

/** Puts the statuses of a shop's platforms into the words of the API. */
export function syncStatusOf(
  shopId: string,
  statuses: readonly SyncStatus[],
  age: { now: Date; maxStalenessMinutes: number },
): SyncStatusAnswer {
  return {
    shop_id: shopId,
    max_staleness_minutes: age.maxStalenessMinutes,
    platforms: statuses.map((status) => ({
      platform: status.platform,
      state: stateOf(status, age),
      connected: status.connected,
      paused_at: iso(status.pausedAt),
      last_success_at: iso(status.lastSuccessAt),
      data_fresh_to: iso(status.dataFreshTo),
      stale: isStale(status.lastSuccessAt, age),
      running: status.running && runningOf(status.running),
      last_error: status.lastError,
      error_kind: status.errorKind,
    })),
  };
}

function runningOf(job: RunningJob): z.infer<typeof runningSchema> {
  return {
    job_id: job.jobId,
    job_type: job.jobType,
    status: job.status,
    phase: job.phase,
    done: job.done,
    total: job.total,
    rate: job.rate,
    records_synced: job.recordsSynced,
    started_at: iso(job.startedAt),
    first_light_at: iso(job.firstLightAt),
    seconds_left: secondsLeft(job),
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;
