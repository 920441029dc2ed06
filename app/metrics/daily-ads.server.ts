import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { TenantTx } from "~/lib/tenant-db.server";
import type { DayRange } from "~/lib/time";
import type { AdSums } from "./ad-values";

const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const count = z.coerce.number().int();

const rowSchema = z.object({
  /** null: the row that sums the whole range. */
  day: z.string().nullable(),
  spend: amount,
  impressions: count,
  clicks: count,
  link_clicks: count,
  purchases: amount,
  purchase_value: amount,
});

/**
 * What each day of the range adds up to over these ad accounts in one currency, and the whole range
 * (`day: null`), from the daily rollup. Days are the ad accounts' own; one without delivery has no
 * row.
 */
export async function dailyAds(
  tx: TenantTx,
  shopId: string,
  accounts: { ids: readonly string[]; currency: string },
  { from, to }: DayRange,
): Promise<Array<AdSums & { day: string | null }>> {
  if (accounts.ids.length === 0) return [];
  const rows = await tx.$queryRaw`
    SELECT
      to_char(day, 'YYYY-MM-DD') AS day,
      coalesce(sum(spend), 0)::text AS spend,
      coalesce(sum(impressions), 0)::text AS impressions,
      coalesce(sum(clicks), 0)::text AS clicks,
      coalesce(sum(link_clicks), 0)::text AS link_clicks,
      coalesce(sum(purchases), 0)::text AS purchases,
      coalesce(sum(purchase_value), 0)::text AS purchase_value
    FROM reporting.daily_meta_metrics
    WHERE shop_id = ${shopId}
      AND ad_account_id IN (${Prisma.join([...accounts.ids])})
      AND currency = ${accounts.currency}
      AND day BETWEEN ${from}::date AND ${to}::date
    GROUP BY GROUPING SETS ((day), ())
    ORDER BY day NULLS LAST`;
  return z.array(rowSchema).parse(rows);
}
