import { z } from "zod";
import type { Database } from "~/lib/db.server";
import { jobType } from "~/sync/job-types";
import { PRIORITY } from "~/sync/priorities";
import { type Connection, whatIsDue } from "~/sync/what-is-due";

const connectionRow = z
  .object({
    shop_id: z.string(),
    platform: z.enum(["SHOPIFY", "META"]),
    installed: z.boolean(),
    connected: z.boolean(),
    paused: z.boolean(),
    in_flight: z.boolean(),
    history_complete: z.boolean(),
    last_ended_at: z.date().nullable(),
    last_status: z.enum(["SUCCEEDED", "FAILED"]).nullable(),
    last_error_kind: z.enum(["RETRYABLE", "NEEDS_USER", "DEFECT", "STOPPED"]).nullable(),
    last_error_code: z.string().nullable(),
    last_job_type: jobType.nullable(),
    last_success_at: z.date().nullable(),
    credentials_changed_at: z.date().nullable(),
    timezone: z.string().nullable(),
    history_complete_at: z.date().nullable(),
    last_reconciled_at: z.date().nullable(),
  })
  .transform(
    (row): Connection => ({
      shopId: row.shop_id,
      platform: row.platform,
      installed: row.installed,
      connected: row.connected,
      paused: row.paused,
      inFlight: row.in_flight,
      historyComplete: row.history_complete,
      lastEndedAt: row.last_ended_at,
      lastStatus: row.last_status,
      lastErrorKind: row.last_error_kind,
      lastErrorCode: row.last_error_code,
      lastJobType: row.last_job_type,
      lastSuccessAt: row.last_success_at,
      credentialsChangedAt: row.credentials_changed_at,
      timezone: row.timezone,
      historyCompleteAt: row.history_complete_at,
      lastReconciledAt: row.last_reconciled_at,
    }),
  );

interface SchedulePace {
  maxStalenessMinutes: number;
  /** How long until the next pass. */
  passMinutes: number;
}

/**
 * One pass of the schedule: reads how every connection stands, decides which are due, and queues a
 * job for each; the dispatcher brings them when their time comes. Passes of several workers at once
 * make one job between them. All by the database's clock. Answers how many jobs were queued.
 */
export async function scheduleSyncs(database: Database, pace: SchedulePace): Promise<number> {
  const { readAt, connections } = await readConnections(database);
  if (!readAt) return 0;
  const due = whatIsDue(connections, { now: readAt, ...pace });
  if (due.length === 0) return 0;
  const asked = due.map(({ shopId, platform, jobType, runAfter }) => ({
    shop_id: shopId,
    platform,
    job_type: jobType,
    // A backfill that comes again by itself, too: nobody asked for it at this moment, and one that
    // fails again and again must not go before those that people wait for.
    priority: PRIORITY.SCHEDULED,
    run_after: runAfter,
    read_at: readAt,
  }));
  const { rowCount } = await database.pool.query(
    "SELECT shop_id, platform, id FROM app_dashboard.queue_due_syncs($1::jsonb)",
    [JSON.stringify(asked)],
  );
  return rowCount ?? 0;
}

/** How all connections stand, and when that was, null where there are none. */
async function readConnections(
  database: Database,
): Promise<{ readAt: Date | null; connections: Connection[] }> {
  const { rows } = await database.pool.query(
    "SELECT now() AS read_at, * FROM app_dashboard.connections_to_schedule()",
  );
  const [first] = rows;
  if (!first) return { readAt: null, connections: [] };
  return {
    readAt: z.date().parse(first.read_at),
    connections: z.array(connectionRow).parse(rows),
  };
}
