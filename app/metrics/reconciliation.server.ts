import { z } from "zod";
import type { TenantDb } from "~/lib/tenant-db.server";
import type { ReconciledDay, Reconciliation, ReconciliationSummary } from "./reconciliation";

const latestRow = z
  .object({
    method: z.enum(["SHOPIFYQL", "IDENTITIES"]).nullable(),
    checked_at: z.date(),
    currency: z.string(),
    days: z.number(),
    days_differing: z.number(),
    days_repaired: z.number(),
    orders_counted: z.number(),
    orders_stored: z.number(),
    orders_found: z.number(),
    orders_deleted: z.number(),
    failure: z.string().nullable(),
  })
  .transform(
    (row): ReconciliationSummary => ({
      method: row.method,
      checkedAt: row.checked_at.toISOString(),
      currency: row.currency,
      days: row.days,
      daysDiffering: row.days_differing,
      daysRepaired: row.days_repaired,
      ordersCounted: row.orders_counted,
      ordersStored: row.orders_stored,
      ordersFound: row.orders_found,
      ordersDeleted: row.orders_deleted,
      failure: row.failure,
    }),
  );

const figure = z.object({
  metric: z.string(),
  ours: z.string(),
  theirs: z.string(),
  difference: z.string(),
  oursBefore: z.string().nullable(),
});

const dayRow = z
  .object({ day: z.string(), checked_at: z.date(), figures: z.array(figure) })
  .transform(({ day, checked_at, figures }): ReconciledDay => {
    const total = figures.find(({ metric }) => metric === "total_sales");
    const noted = figures.filter(
      ({ difference, oursBefore }) => difference !== "0" || oursBefore !== null,
    );
    const differs = noted.some(({ difference }) => difference !== "0");
    return {
      day,
      checkedAt: checked_at.toISOString(),
      state: differs ? "DIFFERS" : noted.length > 0 ? "REPAIRED" : "EQUAL",
      total: total ? { ours: total.ours, theirs: total.theirs } : null,
      figures: noted,
    };
  });

/**
 * How the shop's days compare with Shopify's own report: the newest run, and up to `limit` checked
 * days, newest first. Amounts as decimal strings in the shop's currency, days of the shop's zone.
 */
export async function reconciliation(
  db: TenantDb,
  shopId: string,
  { limit }: { limit: number },
): Promise<Reconciliation> {
  return db.tx(async (tx) => {
    const latest = await tx.$queryRaw`
    SELECT method, checked_at, currency, days, days_differing, days_repaired, orders_counted,
      orders_stored, orders_found, orders_deleted, failure
    FROM reporting.reconciliations WHERE shop_id = ${shopId}
    ORDER BY checked_at DESC LIMIT 1`;
    const days = await tx.$queryRaw`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, max(checked_at) AS checked_at,
      json_agg(json_build_object(
        'metric', metric, 'ours', trim_scale(ours)::text, 'theirs', trim_scale(theirs)::text,
        'difference', trim_scale(difference)::text, 'oursBefore', trim_scale(ours_before)::text
      ) ORDER BY metric) AS figures
    FROM reporting.daily_reconciliation
    WHERE shop_id = ${shopId} AND grain = 'DAY'
    GROUP BY daily_reconciliation.day ORDER BY daily_reconciliation.day DESC LIMIT ${limit}`;
    return {
      latest: z.array(latestRow).max(1).parse(latest)[0] ?? null,
      days: z.array(dayRow).parse(days),
    };
  });
}
