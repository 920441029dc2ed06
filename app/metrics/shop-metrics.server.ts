import { z } from "zod";
import type { TenantDb, TenantTx } from "~/lib/tenant-db.server";
import { type DayRange, listDays } from "~/lib/time";
import type { ShopSide } from "./ad-values";
import { dailySales } from "./daily-sales.server";
import { metricValues, NO_SALES, type SalesSums } from "./metric-values";
import { returningCustomers } from "./returning-customers.server";
import type { ShopMetrics } from "./schema";
import { shopAds } from "./shop-ads.server";

const shopSchema = z.object({
  currency: z.string(),
  iana_timezone: z.string(),
  history_complete: z.boolean(),
});

/**
 * Every metric of one shop over a range of days, in total and by day, in the shop's present currency
 * (an earlier currency is a series of its own and is never added). Sales are by the shop's days, ads
 * by the ad account's; they meet on equal calendar dates. Shapes and units: `schema.ts`. null when the shop is not there for whoever holds `db`.
 */
export async function shopMetrics(
  db: TenantDb,
  { shopId, from, to }: { shopId: string } & DayRange,
): Promise<ShopMetrics | null> {
  return db.tx(async (tx) => {
    const shop = await readShop(tx, shopId);
    if (!shop) return null;
    const { currency, iana_timezone: timezone, history_complete } = shop;
    const sums = await dailySales(tx, shopId, currency, { from, to });
    const returning = await returningCustomers(tx, shopId, timezone, { from, to });
    const byDay = new Map(sums.map((row) => [row.day, row]));
    const ads = await shopAds(tx, { shopId, currency, from, to });
    const salesOf = (day: string | null) => byDay.get(day) ?? NO_SALES;
    const sideOf = ({ net_sales, new_customers }: SalesSums): ShopSide => ({
      net_sales,
      new_customers: history_complete ? new_customers : null,
    });
    const totals = salesOf(null);
    return {
      shop_id: shopId,
      currency,
      timezone,
      from,
      to,
      history_complete,
      marketing: ads.marketing,
      totals: {
        ...metricValues(totals, currency, history_complete),
        returning_customers: history_complete ? returning : null,
        ...ads.ofRange(sideOf(totals)),
      },
      daily: listDays({ from, to }).map((date) => ({
        date,
        ...metricValues(salesOf(date), currency, history_complete),
        ...ads.ofDay(date, sideOf(salesOf(date))),
      })),
    };
  });
}

async function readShop(tx: TenantTx, shopId: string) {
  const rows = await tx.$queryRaw`
    SELECT currency, iana_timezone, history_complete_at IS NOT NULL AS history_complete
    FROM app_dashboard.shops
    WHERE shop_id = ${shopId}`;
  return z.array(shopSchema).parse(rows)[0];
}
