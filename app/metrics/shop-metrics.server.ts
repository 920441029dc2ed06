import { z } from "zod";
import type { TenantDb, TenantTx } from "~/lib/tenant-db.server";
import { addDays, type DayRange, listDays, shopDay } from "~/lib/time";
import { type ShopSide, UNKNOWN_SHOP_SIDE } from "./ad-values";
import { dailySales } from "./daily-sales.server";
import { metricValues, NO_SALES, noValues, type SalesSums } from "./metric-values";
import { returningCustomers } from "./returning-customers.server";
import type { ShopMetrics } from "./schema";
import { shopAds } from "./shop-ads.server";

const shopSchema = z.object({
  currency: z.string(),
  iana_timezone: z.string(),
  history_complete_at: z.date().nullable(),
  figures_complete_from: z.date().nullable(),
});

/**
 * Every metric of one shop over a range of days, in total and by day, in the shop's present currency
 * (an earlier currency is a series of its own and is never added). Sales are by the shop's days, ads
 * by the ad account's; they meet on equal calendar dates. Shapes and units: `schema.ts`. null when
 * the shop is not there for whoever holds `db`.
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
    const salesOf = (day: string | null) => byDay.get(day) ?? NO_SALES;
    const valuesFrom = (day: string, sales: SalesSums) =>
      isComplete(day) ? metricValues(sales, currency, history_complete) : noValues();
    const ads = await shopAds(tx, { shopId, currency, from, to });
    const sideFrom = (day: string, { net_sales, new_customers }: SalesSums): ShopSide =>
      isComplete(day)
        ? { net_sales, new_customers: history_complete ? new_customers : null }
        : UNKNOWN_SHOP_SIDE;
    return {
      shop_id: shopId,
      currency,
      timezone,
      from,
      to,
      history_complete,
      complete_from,
      marketing: ads.marketing,
      totals: {
        ...valuesFrom(from, salesOf(null)),
        returning_customers: history_complete ? returning : null,
        ...ads.ofRange(sideFrom(from, salesOf(null))),
      },
      daily: listDays({ from, to }).map((date) => ({
        date,
        ...valuesFrom(date, salesOf(date)),
        ...ads.ofDay(date, sideFrom(date, salesOf(date))),
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
