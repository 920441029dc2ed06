import type pg from "pg";
import type { ComparedFigure } from "./compare-periods";

export interface Recording {
  currency: string;
  grain: "DAY" | "MONTH";
  /** All metrics of the method that was used; the first stands for "checked" on every period. */
  metrics: readonly string[];
  checkedAt: Date;
}

/**
 * Writes down what a comparison came to. Of a period that agrees only the method's first metric is
 * kept; a metric that differs has a row, and keeps it once the difference is gone, with what it was
 * before and when it was found repaired. Rows of another method on the same periods go.
 */
export async function recordComparison(
  client: pg.ClientBase,
  shopId: string,
  figures: readonly ComparedFigure[],
  { currency, grain, metrics, checkedAt }: Recording,
): Promise<void> {
  const days = [...new Set(figures.map(({ day }) => day))];
  if (days.length === 0) return;
  await client.query(
    `DELETE FROM reporting.daily_reconciliation
     WHERE shop_id = $1 AND grain = $2 AND day = ANY ($3::date[])
       AND (currency <> $4 OR metric <> ALL ($5::text[]))`,
    [shopId, grain, days, currency, metrics],
  );
  await client.query(
    `INSERT INTO reporting.daily_reconciliation AS stored
       (shop_id, grain, day, currency, metric, ours, theirs, difference, checked_at)
     SELECT $1, $2, f.day, $3, f.metric, f.ours, f.theirs, f.difference, $5
     FROM json_to_recordset($4::json)
       AS f(day date, metric text, ours numeric, theirs numeric, difference numeric)
     WHERE f.difference <> 0 OR f.metric = $6 OR EXISTS (
       SELECT FROM reporting.daily_reconciliation AS known
       WHERE known.shop_id = $1 AND known.grain = $2 AND known.day = f.day
         AND known.currency = $3 AND known.metric = f.metric)
     ON CONFLICT (shop_id, grain, day, currency, metric) DO UPDATE SET
       ours = excluded.ours, theirs = excluded.theirs, difference = excluded.difference,
       checked_at = excluded.checked_at,
       ours_before = CASE WHEN ${REPAIRED} THEN stored.ours
         WHEN excluded.difference = 0 THEN stored.ours_before END,
       repaired_at = CASE WHEN ${REPAIRED} THEN excluded.checked_at
         WHEN excluded.difference = 0 THEN stored.repaired_at END`,
    [shopId, grain, currency, JSON.stringify(figures), checkedAt, metrics[0]],
  );
}

const REPAIRED = "stored.difference <> 0 AND excluded.difference = 0";
