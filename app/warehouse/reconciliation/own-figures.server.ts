import type pg from "pg";
import { z } from "zod";
import type { Day, DayRange } from "~/lib/time";
import { COMPARED_METRICS, type PeriodFigures } from "./compare-periods";

export interface OwnFigures {
  figures: Map<Day, PeriodFigures>;
  /** Periods with figures in another currency than the one asked for: the shop changed it. */
  inOtherCurrency: Day[];
}

const amount = z.string();
const rowSchema = z.object({
  period: z.string(),
  foreign_rows: z.boolean(),
  ...(Object.fromEntries(COMPARED_METRICS.map((metric) => [metric, amount])) as Record<
    (typeof COMPARED_METRICS)[number],
    typeof amount
  >),
});

const SUMS = COMPARED_METRICS.map(
  (metric) => `coalesce(sum(${metric}) FILTER (WHERE currency = $2), 0)::text AS ${metric}`,
).join(", ");

/**
 * The daily rollup by day or month (its first day), in one currency; both ends of the range
 * inclusive. Periods without a row of ours are absent.
 */
export async function ownFigures(
  client: pg.ClientBase,
  shopId: string,
  currency: string,
  { from, to, grain }: DayRange & { grain: "day" | "month" },
): Promise<OwnFigures> {
  const { rows } = await client.query(
    `SELECT to_char(date_trunc($5, day::timestamp), 'YYYY-MM-DD') AS period,
       bool_or(currency <> $2) AS foreign_rows, ${SUMS}
     FROM reporting.daily_shopify_metrics
     WHERE shop_id = $1 AND day BETWEEN $3::date AND $4::date
     GROUP BY 1 ORDER BY 1`,
    [shopId, currency, from, to, grain],
  );
  const parsed = z.array(rowSchema).parse(rows);
  return {
    figures: new Map(parsed.map(({ period, foreign_rows: _foreign, ...sums }) => [period, sums])),
    inOtherCurrency: parsed.filter((row) => row.foreign_rows).map(({ period }) => period),
  };
}
