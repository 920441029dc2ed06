import { z } from "zod";
import type { TenantDb, TenantTx } from "~/lib/tenant-db.server";
import { addDays, type DayRange, listDays, shopDay } from "~/lib/time";
import { dailySales } from "./daily-sales.server";
import { metricValues, NO_SALES, noValues, type SalesSums } from "./metric-values";
import { returningCustomers } from "./returning-customers.server";
import type { ShopMetrics } from "./schema";

const shopSchema = z.object({
  currency: z.string(),
  iana_timezone: z.string(),
  history_complete_at: z.date().nullable(),
  figures_complete_from: z.date().nullable(),
});

/**
 * Every sales metric of one shop over a range of its days, in total and by day, in the shop's
 * present currency (an earlier currency is a series of its own and is never added). Shapes and
 * units: `schema.ts`. null when the shop is not there for whoever holds `db`.
 */
export async function shopMetrics(
  db: TenantDb,
  { shopId, from, to }: { shopId: string } & DayRange,
): Promise<ShopMetrics | null> {
  return db.tx(async (tx) => {
    const shop = await readShop(tx, shopId);
    if (!shop) return null;
    const { currency, iana_timezone: timezone } = shop;
    const history_complete = shop.history_complete_at !== null && !shop.figures_complete_from;
    const complete_from = shop.figures_complete_from
      ? addDays(shopDay(shop.figures_complete_from, timezone), 1)
      : null;
    const isComplete = (day: string) =>
      history_complete || (complete_from !== null && day >= complete_from);
    const sums = await dailySales(tx, shopId, currency, { from, to });
    const returning = await returningCustomers(tx, shopId, timezone, { from, to });
    const byDay = new Map(sums.map((row) => [row.day, row]));
    const valuesFrom = (day: string, row: SalesSums | undefined) =>
      isComplete(day) ? metricValues(row ?? NO_SALES, currency, history_complete) : noValues();
    return {
      shop_id: shopId,
      currency,
      timezone,
      from,
      to,
      history_complete,
      complete_from,
      totals: {
        ...valuesFrom(from, byDay.get(null)),
        returning_customers: history_complete ? returning : null,
      },
      daily: listDays({ from, to }).map((date) => ({
        date,
        ...valuesFrom(date, byDay.get(date)),
      })),
    };
  });
}

async function readShop(tx: TenantTx, shopId: string) {
  const rows = await tx.$queryRaw`
    SELECT currency, iana_timezone, history_complete_at, figures_complete_from
    FROM app_dashboard.shops
    WHERE shop_id = ${shopId}`;
  return z.array(shopSchema).parse(rows)[0];
}
