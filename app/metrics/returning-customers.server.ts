import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { DayRange } from "~/lib/time";

const rowSchema = z.object({ returning_customers: z.number().int() });

/**
 * How many persons ordered in the range on a later day than that of their first order, each
 * counted once however many days of the range they came back on (days are those of `timezone`).
 * Test and deleted orders are no orders.
 */
export async function returningCustomers(
  tx: TenantTx,
  shopId: string,
  timezone: string,
  { from, to }: DayRange,
): Promise<number> {
  const rows = await tx.$queryRaw`
    WITH first_orders AS (
      SELECT customer_key, min((processed_at AT TIME ZONE ${timezone})::date) AS day
      FROM core_warehouse.orders
      WHERE shop_id = ${shopId} AND customer_key IS NOT NULL AND NOT test AND deleted_at IS NULL
      GROUP BY customer_key
    )
    SELECT count(DISTINCT o.customer_key)::int AS returning_customers
    FROM core_warehouse.orders AS o
    JOIN first_orders AS first ON first.customer_key = o.customer_key
    WHERE o.shop_id = ${shopId} AND NOT o.test AND o.deleted_at IS NULL
      AND (o.processed_at AT TIME ZONE ${timezone})::date BETWEEN ${from}::date AND ${to}::date
      AND (o.processed_at AT TIME ZONE ${timezone})::date > first.day`;
  return z.array(rowSchema).length(1).parse(rows)[0]?.returning_customers ?? 0;
}
