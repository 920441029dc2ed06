import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import { type JobType, jobType } from "./job-types";

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    platform: z.enum(["SHOPIFY", "META"]),
    job_type: jobType,
    status: z.enum(["QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED"]),
    error_kind: z.enum(["RETRYABLE", "NEEDS_USER", "DEFECT", "STOPPED"]).nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    requested_by: z.string(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    records_synced: z.coerce.number(),
    created_at: z.date(),
    started_at: z.date().nullable(),
    finished_at: z.date().nullable(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

export interface PastJob {
  jobId: string;
  platform: "SHOPIFY" | "META";
  jobType: JobType;
  /** STOPPED: it ended early because somebody wanted it so. */
  outcome: "WAITING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "STOPPED";
  /** `name` is null where the person is not known here (any more). */
  askedBy:
    | { kind: "install" | "schedule" | "webhook" | "system" }
    | { kind: "person"; name: string | null };
  /** When it was begun; when it was asked for, while it has not. */
  startedAt: Date;
  /** Seconds from its begin to its end; null while it runs, or when it never began. */
  tookSeconds: number | null;
  recordsSynced: number;
  /** Null unless it failed or was stopped. */
  error: { code: string; message: string; kind: string | null } | null;
}

const SHOWN = 50;

/**
 * The shop's newest jobs of all platforms, what is under way first, then by the end; not what is only
 * planned for later. Of the runs that webhooks set off, which succeed every few seconds on a busy shop,
 * only the newest is told; what failed always. At most 50.
 */
export async function jobHistory(db: TenantDb, shopId: string): Promise<PastJob[]> {
  const rows = await db.tx(
    (tx) => tx.$queryRaw`
      SELECT job.id::text, job.platform, job.job_type, job.status, job.error, job.error_kind,
        job.requested_by, asker.first_name, asker.last_name, job.records_synced, job.created_at,
        job.started_at, job.finished_at
      FROM (VALUES ('SHOPIFY'), ('META')) AS platform (name)
      CROSS JOIN LATERAL (
        (SELECT * FROM app_dashboard.sync_jobs
         WHERE shop_id = ${shopId} AND platform = platform.name
           AND status IN ('QUEUED', 'IN_PROGRESS')
           AND (started_at IS NOT NULL OR run_after <= now()))
        UNION ALL
        (SELECT * FROM app_dashboard.sync_jobs
         WHERE shop_id = ${shopId} AND platform = platform.name AND finished_at IS NOT NULL
           AND NOT (requested_by = 'webhook' AND status = 'SUCCEEDED')
         ORDER BY finished_at DESC LIMIT ${SHOWN})
        UNION ALL
        (SELECT * FROM app_dashboard.sync_jobs
         WHERE shop_id = ${shopId} AND platform = platform.name
           AND requested_by = 'webhook' AND status = 'SUCCEEDED'
         ORDER BY finished_at DESC LIMIT 1)
      ) job
      LEFT JOIN app_dashboard.users asker ON asker.id = CASE
        WHEN job.requested_by ~ '^user:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN substr(job.requested_by, 6)::uuid END
      ORDER BY job.finished_at DESC NULLS FIRST, job.created_at DESC, job.id
      LIMIT ${SHOWN}`,
  );
  return rowsSchema.parse(rows).map(pastJob);
}

function pastJob(row: Row): PastJob {
  const { error, started_at: started, finished_at: finished } = row;
  const outcome = outcomeOf(row);
  return {
    jobId: row.id,
    platform: row.platform,
    jobType: row.job_type,
    outcome,
    askedBy: askedBy(row),
    startedAt: started ?? row.created_at,
    tookSeconds: started && finished && (finished.getTime() - started.getTime()) / 1000,
    recordsSynced: row.records_synced,
    error:
      error && (outcome === "FAILED" || outcome === "STOPPED")
        ? { code: error.code, message: error.message, kind: row.error_kind }
        : null,
  };
}

/** A job that has begun waits between its steps, too: it runs all the same. */
function outcomeOf({ status, started_at, error_kind }: Row): PastJob["outcome"] {
  if (status === "QUEUED") return started_at ? "RUNNING" : "WAITING";
  if (status === "IN_PROGRESS") return "RUNNING";
  if (status === "FAILED" && error_kind === "STOPPED") return "STOPPED";
  return status;
}

function askedBy({ requested_by, first_name, last_name }: Row): PastJob["askedBy"] {
  if (requested_by.startsWith("user:")) {
    const name = [first_name, last_name].filter(Boolean).join(" ");
    return { kind: "person", name: name || null };
  }
  const known = (["install", "schedule", "webhook"] as const).find((kind) => kind === requested_by);
  return { kind: known ?? "system" };
}
