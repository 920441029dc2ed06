import type pg from "pg";
import { z } from "zod";
import type { DayRange } from "~/lib/time";

export interface ReconciliationRun {
  jobId: string;
  method: "SHOPIFYQL" | "IDENTITIES" | null;
  /** ISO 4217. */
  currency: string;
  /** The days compared one by one; null when none was over yet. */
  days: DayRange | null;
  wholeHistory: boolean;
  startedAt: Date;
  checkedAt: Date;
  daysSkipped: number;
  ordersReread: number;
  ordersCounted: number;
  ordersStored: number;
  ordersFound: number;
  ordersDeleted: number;
}

/** Why a reconciliation as a whole failed; differences alone do not make it fail. */
export type ReconciliationFailure = "UNCLASSIFIED_SALES";

const failureRow = z.object({ failure: z.enum(["UNCLASSIFIED_SALES"]).nullable() });

/**
 * Sums a run up from what its days came to (checked, differing still, repaired by it), and answers
 * why it failed, null when it did not.
 */
export async function recordRun(
  client: pg.ClientBase,
  shopId: string,
  run: ReconciliationRun,
): Promise<ReconciliationFailure | null> {
  const { rows } = await client.query(
    `WITH checked AS (
       SELECT day, bool_or(difference <> 0) AS differs,
         bool_or(repaired_at >= $7) AS repaired,
         bool_or(metric = 'unclassified' AND ours <> 0) AS unclassified
       FROM reporting.daily_reconciliation
       WHERE shop_id = $1 AND grain = 'DAY' AND currency = $4 AND checked_at >= $7
       GROUP BY day
     )
     INSERT INTO reporting.reconciliations AS stored
       (shop_id, job_id, method, currency, from_day, to_day, whole_history, checked_at, days,
        days_differing, days_repaired, days_skipped, orders_reread, orders_counted, orders_stored,
        orders_found, orders_deleted, failure)
     SELECT $1, $2, $3, $4, $5::date, $6::date, $8, $9, count(*),
       count(*) FILTER (WHERE differs), count(*) FILTER (WHERE repaired AND NOT differs),
       $10, $11, $12, $13, $14, $15,
       CASE WHEN bool_or(unclassified) THEN 'UNCLASSIFIED_SALES' END
     FROM checked
     ON CONFLICT (shop_id, job_id) DO UPDATE SET checked_at = excluded.checked_at
     RETURNING failure`,
    [
      shopId,
      run.jobId,
      run.method,
      run.currency,
      run.days?.from ?? null,
      run.days?.to ?? null,
      run.startedAt,
      run.wholeHistory,
      run.checkedAt,
      run.daysSkipped,
      run.ordersReread,
      run.ordersCounted,
      run.ordersStored,
      run.ordersFound,
      run.ordersDeleted,
    ],
  );
  return failureRow.parse(rows[0]).failure;
}
