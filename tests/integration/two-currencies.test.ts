import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { generateStore, type OrderNode } from "../../simulators/shopify/store";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";
import {
  type DayFigures,
  MONEY_FIGURES,
  salesByDay,
  type TruthOrder,
} from "../independent/sales-by-day";

const SHOP = "two-currencies.myshopify.com";
const ZONE = "Europe/Berlin";

/** Orders of 100 days; both halves share customers, whose ids the two stores number alike. */
const half = (seed: number, currency: string, until: string): OrderNode[] => {
  const store = generateStore({
    seed,
    orders: 300,
    days: 100,
    now: new Date(until),
    domain: SHOP,
    plan: "plus",
    currency,
    ianaTimezone: ZONE,
    corners: true,
  });
  return store.heads.map(({ id }) => store.node(id)).filter((node) => node !== null);
};

/** The second store's ids stand apart from the first's, but for the customers'. */
const renumbered = (orders: OrderNode[]): OrderNode[] =>
  JSON.parse(
    JSON.stringify(orders).replace(
      /gid:\/\/shopify\/(?!Customer\/)(\w+)\/(\d+)/g,
      (_gid, type, id) => `gid://shopify/${type}/${BigInt(id) + 10n ** 15n}`,
    ),
  );

// Refunds of the orders in crowns still come when new orders are in euros already: days of both.
const crowns = half(31, "DKK", "2026-07-20T12:00:00Z");
const euros = renumbered(half(32, "EUR", "2026-09-20T12:00:00Z"));
const RANGE = { shopId: SHOP, from: "2026-03-01", to: "2026-09-30" };

let database: TestDatabase;
let db: WorkerTenantDb;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedShop(database, SHOP, { currency: "EUR", zone: ZONE });
  await database.admin.query(
    "UPDATE app_dashboard.shops SET history_complete_at = now(), scopes = 'read_all_orders'",
  );
  db = workerTenantDb(database.worker, SHOP);
  // First all that was in crowns, then the rest, as a shop lives.
  for (const documents of [crowns, euros]) {
    await db.pgTx(async (client) => {
      const { affectedDays } = await loadOrders(client, SHOP, documents, "PAGE");
      await rollupDays(client, SHOP, affectedDays);
    });
  }
});
afterAll(() => database.drop());

const figuresOf = (orders: OrderNode[]) => salesByDay(orders as unknown as TruthOrder[], ZONE);
const SHOWN = MONEY_FIGURES.filter((figure) => figure !== "placed_sales");

function expectMoney(values: Record<string, unknown>, truth: DayFigures | undefined, day: string) {
  const expected = SHOWN.map((figure) => [figure, Number(truth?.[figure].toFixed() ?? 0)]);
  const found = SHOWN.map((figure) => [figure, Number(values[figure])]);
  expect(Object.fromEntries(found), day).toEqual(Object.fromEntries(expected));
  expect(values.orders, day).toBe(truth?.orders ?? 0);
  expect(values.units, day).toBe(truth?.units ?? 0);
}

async function expectSeries(currency: string, orders: OrderNode[]): Promise<void> {
  await database.admin.query("UPDATE app_dashboard.shops SET currency = $1", [currency]);
  const metrics = await shopMetrics(db, RANGE);
  expect(metrics?.currency).toBe(currency);
  const truth = figuresOf(orders);
  for (const { date, ...values } of metrics?.daily ?? [])
    expectMoney(values, truth.get(date), date);
}

describe("a shop whose currency changed", () => {
  it("has two series, each equal to the truth of its own orders, on days of both too", async () => {
    const both = [...figuresOf(crowns).keys()].filter((day) => figuresOf(euros).has(day));
    expect(both.length).toBeGreaterThan(20);
    await expectSeries("DKK", crowns);
    await expectSeries("EUR", euros);
    const { rows } = await database.admin.query(
      "SELECT DISTINCT currency FROM reporting.daily_shopify_metrics ORDER BY 1",
    );
    expect(rows).toEqual([{ currency: "DKK" }, { currency: "EUR" }]);
  });

  it("takes nobody for new who bought in the earlier currency", async () => {
    const people = salesByDay([...crowns, ...euros] as unknown as TruthOrder[], ZONE);
    const ofCrowns = new Set(crowns.map(customerOf).filter((id) => id !== ""));
    expect(euros.filter((order) => ofCrowns.has(customerOf(order))).length).toBeGreaterThan(20);
    const { rows } = await database.admin.query(
      `SELECT day::text, sum(new_customers)::int AS new_customers
       FROM reporting.daily_shopify_metrics GROUP BY day ORDER BY day`,
    );
    for (const { day, new_customers } of rows) {
      expect(new_customers, day).toBe(people.get(day)?.new_customers ?? 0);
    }
  });

  it("comes to the same two series when it is rebuilt from raw", async () => {
    await db.pgTx((client) => rebuildFacts(client, SHOP));
    await expectSeries("DKK", crowns);
    await expectSeries("EUR", euros);
  });
});

const customerOf = (order: OrderNode) => (order as unknown as TruthOrder).customer?.id ?? "";
