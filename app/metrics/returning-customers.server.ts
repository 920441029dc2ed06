import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { DayRange } from "~/lib/time";

const rowSchema = z.object({ returning_customers: z.number().int() });

/**
 * How many persons ordered in the range on a later day than that of their first order, each
 * counted once however many days of the range they came back on (days are those of `timezone`).
 * Test and deleted orders are no orders. Looks up one first order per person of the range, so that
 * a short range stays quick however long the history is.
 */
export async function returningCustomers(
  tx: TenantTx,
  shopId: string,
  timezone: string,
  { from, to }: DayRange,
): Promise<number> {
  const rows = await tx.$queryRaw`
    WITH in_range AS MATERIALIZED (
      SELECT customer_key, max((processed_at AT TIME ZONE ${timezone})::date) AS last_day
      FROM core_warehouse.orders
      WHERE shop_id = ${shopId} AND customer_key IS NOT NULL AND NOT test AND deleted_at IS NULL
        AND processed_at >= ${from}::date::timestamp AT TIME ZONE 'UTC' - interval '15 hours'
        AND processed_at < ${to}::date::timestamp AT TIME ZONE 'UTC' + interval '39 hours'
        AND (processed_at AT TIME ZONE ${timezone})::date BETWEEN ${from}::date AND ${to}::date
      GROUP BY customer_key
    )
    SELECT count(*)::int AS returning_customers
    FROM in_range
    CROSS JOIN LATERAL (
      SELECT (processed_at AT TIME ZONE ${timezone})::date AS day
      FROM core_warehouse.orders
      WHERE shop_id = ${shopId} AND customer_key = in_range.customer_key
        AND NOT test AND deleted_at IS NULL
      ORDER BY processed_at
      LIMIT 1
    ) AS first_order
    WHERE in_range.last_day > first_order.day`;
  return z.array(rowSchema).length(1).parse(rows)[0]?.returning_customers ?? 0;
}
