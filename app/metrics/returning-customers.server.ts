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
    SELECT count(DISTINCT o.customer_key)::int AS returning_customers
    FROM core_warehouse.orders AS o
    WHERE o.shop_id = ${shopId}
      AND o.customer_key IS NOT NULL
      AND NOT o.test
      AND o.deleted_at IS NULL
      AND o.processed_at >= ${from}::date::timestamp AT TIME ZONE ${timezone}
      AND o.processed_at < (${to}::date + 1)::timestamp AT TIME ZONE ${timezone}
      AND EXISTS (
        SELECT FROM core_warehouse.orders AS earlier
        WHERE earlier.shop_id = o.shop_id
          AND earlier.customer_key = o.customer_key
          AND NOT earlier.test
          AND earlier.deleted_at IS NULL
          AND earlier.processed_at
            < (o.processed_at AT TIME ZONE ${timezone})::date::timestamp AT TIME ZONE ${timezone}
      )`;
  return z.array(rowSchema).length(1).parse(rows)[0]?.returning_customers ?? 0;
}
