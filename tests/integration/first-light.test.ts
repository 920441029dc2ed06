import Big from "big.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { addDays, todayIn } from "~/lib/time";
import type { ShopMetrics } from "~/metrics/schema";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore, type SimStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { MONEY_FIGURES, salesByDay, type TruthOrder } from "../independent/sales-by-day";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "light.myshopify.com";
const ZONE = "America/New_York";
const NOW = new Date();
const TODAY = todayIn(ZONE, NOW);

let database: TestDatabase;
let simulator: ShopifySimulator;
let store: SimStore;
let db: WorkerTenantDb;
/** The figures of the last 90 days as they stood when the bulk files were about to be read. */
let seen: ShopMetrics | null = null;

const last90Days = () => shopMetrics(db, { shopId: SHOP, from: addDays(TODAY, -89), to: TODAY });
const valuesOf = (day: Record<string, unknown>) =>
  Object.entries(day).filter(([key, value]) => key !== "date" && value !== null);

beforeAll(async () => {
  database = await createTestDatabase();
  store = generateStore({
    seed: 21,
    orders: 900,
    days: 120,
    now: NOW,
    domain: SHOP,
    plan: "plus",
    currency: "USD",
    ianaTimezone: ZONE,
  });
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [{ kind: "given", store }],
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "USD", zone: ZONE });
  const plain = createOutgoingFetch(simulator.origin);
  const watching: typeof fetch = async (input, init) => {
    if (String(input).startsWith("https://storage.googleapis.com/")) seen ??= await last90Days();
    return plain(input, init);
  };
  const options = { database, simulatorOrigin: simulator.origin, fetch: watching };
  expect((await runSync(db, "HISTORICAL_INIT", options)).lastError).toBeNull();
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

describe("first light", () => {
  it("gives the newest 7 days exactly, refunds of older orders included", () => {
    const truth = store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
    const expected = salesByDay(truth as unknown as TruthOrder[], ZONE);
    expect(seen).toMatchObject({ history_complete: false, complete_from: addDays(TODAY, -6) });
    const days = seen?.daily.filter(({ date }) => date >= addDays(TODAY, -6)) ?? [];
    expect(days).toHaveLength(7);
    for (const day of days) {
      const figures = expected.get(day.date);
      for (const figure of MONEY_FIGURES.filter((name) => name !== "placed_sales")) {
        const shown = new Big(day[figure] ?? "NaN");
        expect(shown.toFixed(2), `${figure} of ${day.date}`).toBe(
          (figures?.[figure] ?? new Big(0)).toFixed(2),
        );
      }
      expect(day.orders).toBe(figures?.orders ?? 0);
      expect(day.new_customers).toBeNull();
    }
    expect(days.some((day) => day.returns !== "0.00")).toBe(true);
  });

  it("gives no value to earlier days, nor to a total that would need them", () => {
    const earlier = seen?.daily.filter(({ date }) => date < addDays(TODAY, -6)) ?? [];
    expect(earlier).toHaveLength(83);
    expect(earlier.flatMap(valuesOf)).toEqual([]);
    expect(valuesOf(seen?.totals ?? {})).toEqual([]);
  });
});

describe("a history that is read", () => {
  it("has values on every day", async () => {
    const metrics = await last90Days();
    expect(metrics).toMatchObject({ history_complete: true, complete_from: null });
    expect(metrics?.totals.orders).toBeGreaterThan(500);
    expect(metrics?.daily.filter(({ net_sales }) => net_sales === null)).toEqual([]);
  });

  it("reaches 60 days back where Shopify shows no more, and says so", async () => {
    await database.admin.query("UPDATE app_dashboard.shops SET scopes = 'read_orders'");
    const options = { database, simulatorOrigin: simulator.origin };
    expect((await runSync(db, "HISTORICAL_REBUILD", options)).lastError).toBeNull();
    const metrics = await last90Days();
    expect(metrics).toMatchObject({ history_complete: false, complete_from: addDays(TODAY, -59) });
    expect(metrics?.daily.filter(({ net_sales }) => net_sales === null)).toHaveLength(30);
    expect(valuesOf(metrics?.totals ?? {})).toEqual([]);
  });
});
