import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { generateStore, type OrderNode, type SimStore } from "../../simulators/shopify/store";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date("2026-11-20T12:00:00Z");

describe("every metric of every day equals an independent computation over the truth", () => {
  it.each([
    { seed: 1, currency: "USD", zone: "America/New_York" },
    { seed: 2, currency: "EUR", zone: "Europe/Berlin" },
    { seed: 3, currency: "JPY", zone: "Asia/Tokyo" },
    { seed: 4, currency: "AUD", zone: "Australia/Sydney" },
    { seed: 5, currency: "CLP", zone: "America/Santiago" },
  ])("seed $seed, $currency, $zone", async ({ seed, currency, zone }) => {
    const store = generateStore({
      seed,
      orders: 900,
      days: 400,
      now: NOW,
      domain: `truth-${seed}.myshopify.com`,
      plan: "plus",
      currency,
      ianaTimezone: zone,
    });
    const truth = ordersOf(store);
    const shopId = store.shop.domain;
    await seedShop(database, shopId, { currency, zone });
    await database.admin.query(
      "UPDATE app_dashboard.shops SET history_complete_at = now() WHERE shop_id = $1",
      [shopId],
    );
    const db = workerTenantDb(database.worker, shopId);
    await db.pgTx(async (client) => {
      await loadOrders(client, shopId, truth, "PAGE", { trackDays: false });
      await rollupDays(client, shopId, "all");
    });
    const { firstEventAt, lastEventAt } = store.summary();
    const range = {
      from: shopDay(new Date(firstEventAt ?? NOW), zone),
      to: shopDay(new Date(lastEventAt ?? NOW), zone),
    };
    const metrics = await shopMetrics(db, { shopId, ...range });
    expect(metrics?.daily.length).toBeGreaterThan(390);
    if (metrics) expectSameFigures(metrics, truth);
  });
});

function ordersOf(store: SimStore): OrderNode[] {
  return store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
}
