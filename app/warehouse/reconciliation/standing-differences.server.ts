import type pg from "pg";
import { z } from "zod";
import type { ComparedFigure } from "./compare-periods";

const rows = z.array(
  z.object({
    day: z.string(),
    metric: z.string(),
    ours: z.string(),
    theirs: z.string(),
    difference: z.string(),
  }),
);

/** What differed when it was last checked and has not been repaired, by period of the grain. */
export async function standingDifferences(
  client: pg.ClientBase,
  shopId: string,
  grain: "DAY" | "MONTH",
): Promise<ComparedFigure[]> {
  const found = await client.query(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, metric, trim_scale(ours)::text AS ours,
       trim_scale(theirs)::text AS theirs, trim_scale(difference)::text AS difference
     FROM reporting.daily_reconciliation
     WHERE shop_id = $1 AND grain = $2 AND difference <> 0
     ORDER BY 1, 2`,
    [shopId, grain],
  );
  return rows.parse(found.rows);
}
