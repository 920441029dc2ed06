import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { DayRange } from "~/lib/time";
import type { SalesSums } from "./metric-values";

const amount = z.string().regex(/^-?\d+(\.\d+)?$/);

const rowSchema = z.object({
  /** null: the row that sums the whole range. */
  day: z.string().nullable(),
  gross_sales: amount,
  discounts: amount,
  returns: amount,
  net_sales: amount,
  shipping: amount,
  duties: amount,
  return_fees: amount,
  additional_fees: amount,
  tips: amount,
  taxes: amount,
  gift_cards_sold: amount,
  unclassified: amount,
  total_sales: amount,
  placed_sales: amount,
  received: amount,
  refunded: amount,
  net_payments: amount,
  orders: z.number().int(),
  units: z.number().int(),
  units_returned: z.number().int(),
  new_customers: z.number().int(),
  returning_customers: z.number().int(),
  unknown_customers: z.number().int(),
});

/**
 * What each day of the range adds up to in one currency, and the whole range (`day: null`), from
 * the daily rollup. Days without sales have no row. The sum's `returning_customers` is the sum of
 * days, not of persons: see `returning-customers.server.ts`.
 */
export async function dailySales(
  tx: TenantTx,
  shopId: string,
  currency: string,
  { from, to }: DayRange,
): Promise<Array<SalesSums & { day: string | null }>> {
  const rows = await tx.$queryRaw`
    SELECT
      to_char(day, 'YYYY-MM-DD') AS day,
      coalesce(sum(gross_sales), 0)::text AS gross_sales,
      coalesce(sum(discounts), 0)::text AS discounts,
      coalesce(sum(returns), 0)::text AS returns,
      coalesce(sum(net_sales), 0)::text AS net_sales,
      coalesce(sum(shipping), 0)::text AS shipping,
      coalesce(sum(duties), 0)::text AS duties,
      coalesce(sum(return_fees), 0)::text AS return_fees,
      coalesce(sum(additional_fees), 0)::text AS additional_fees,
      coalesce(sum(tips), 0)::text AS tips,
      coalesce(sum(taxes), 0)::text AS taxes,
      coalesce(sum(gift_cards_sold), 0)::text AS gift_cards_sold,
      coalesce(sum(unclassified), 0)::text AS unclassified,
      coalesce(sum(total_sales), 0)::text AS total_sales,
      coalesce(sum(placed_sales), 0)::text AS placed_sales,
      coalesce(sum(received), 0)::text AS received,
      coalesce(sum(refunded), 0)::text AS refunded,
      coalesce(sum(net_payments), 0)::text AS net_payments,
      coalesce(sum(orders), 0)::int AS orders,
      coalesce(sum(units), 0)::int AS units,
      coalesce(sum(units_returned), 0)::int AS units_returned,
      coalesce(sum(new_customers), 0)::int AS new_customers,
      coalesce(sum(returning_customers), 0)::int AS returning_customers,
      coalesce(sum(unknown_customers), 0)::int AS unknown_customers
    FROM reporting.daily_shopify_metrics
    WHERE shop_id = ${shopId}
      AND currency = ${currency}
      AND day BETWEEN ${from}::date AND ${to}::date
    GROUP BY GROUPING SETS ((day), ())
    ORDER BY day NULLS LAST`;
  return z.array(rowSchema).parse(rows);
}
