import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readSalesReport } from "~/connectors/shopify/sales-report.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import { listDays, shopDay } from "~/lib/time";
import { loadOrders } from "~/warehouse/load-orders.server";
import { comparePeriods } from "~/warehouse/reconciliation/compare-periods";
import { ownFigures } from "~/warehouse/reconciliation/own-figures.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { shopAdminClient } from "../../workers/shopify-access";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const NOW = new Date();
const CASES = [
  { seed: 41, currency: "USD", zone: "America/New_York" },
  { seed: 42, currency: "EUR", zone: "Europe/Berlin" },
  { seed: 43, currency: "JPY", zone: "Asia/Tokyo" },
  { seed: 44, currency: "AUD", zone: "Australia/Sydney" },
  { seed: 45, currency: "CLP", zone: "America/Santiago" },
];
const STORES = CASES.map(({ seed, currency, zone }) =>
  generateStore({
    seed,
    orders: 700,
    days: 400,
    now: NOW,
    domain: `report-${seed}.myshopify.com`,
    plan: "plus",
    currency,
    ianaTimezone: zone,
  }),
);

let database: TestDatabase;
let simulator: ShopifySimulator;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: STORES.map((store) => ({ kind: "given", store })),
  });
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

describe("every day and month of a year, with both changes of the clocks, is what Shopify reports", () => {
  it.each(CASES.map((one, index) => ({ ...one, index })))(
    "seed $seed, $currency, $zone",
    async ({ currency, zone, index }) => {
      const store = STORES[index];
      if (!store) throw new Error("no such store");
      const shop = store.shop.domain;
      const db = await connectShop({ simulator, database, shop, currency, zone });
      const orders = store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
      await db.pgTx(async (client) => {
        await loadOrders(client, shop, orders, "PAGE", { trackDays: false });
        await rollupDays(client, shop, "all");
      });
      const admin = shopAdminClient(
        db,
        {
          clientId: API_KEY,
          clientSecret: API_SECRET,
          fetch: createOutgoingFetch(simulator.origin),
        },
        { database: database.worker, urgency: "background" },
      );
      const { firstEventAt } = store.summary();
      const range = { from: shopDay(new Date(firstEventAt ?? NOW), zone), to: shopDay(NOW, zone) };
      const days = listDays(range);
      expect(days.length).toBeGreaterThan(390);
      const months = [...new Set(days.map((day) => `${day.slice(0, 7)}-01`))];
      for (const [grain, periods] of [
        ["day", days],
        ["month", months],
      ] as const) {
        const theirs = await readSalesReport(admin, { ...range, grain });
        expect([...(theirs?.keys() ?? [])]).toEqual(periods);
        const own = await db.pgTx((client) =>
          ownFigures(client, shop, currency, { ...range, grain }),
        );
        const compared = comparePeriods(periods, own.figures, theirs ?? new Map());
        expect(compared.filter(({ difference }) => difference !== "0")).toEqual([]);
      }
    },
  );
});
