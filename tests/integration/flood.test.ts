import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "flood.myshopify.com";
const ZONE = "America/New_York";
const ORDERS = 1_040;

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;
let asked: Array<{ name: string; variables: Record<string, unknown> }> = [];

const watching: typeof fetch = async (input, init) => {
  const { query = "", variables = {} } =
    typeof init?.body === "string" ? JSON.parse(init.body) : {};
  asked.push({ name: /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? "", variables });
  return createOutgoingFetch(simulator.origin)(input, init);
};
const sync = (type: "HISTORICAL_INIT" | "INCREMENTAL") =>
  runSync(db, type, { database, simulatorOrigin: simulator.origin, fetch: watching });
const askedFor = (name: string) => asked.filter((one) => one.name === name);

beforeAll(async () => {
  database = await createTestDatabase();
  const store = generateStore({
    seed: 51,
    orders: ORDERS,
    days: 60,
    now: new Date(),
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
  expect((await sync("HISTORICAL_INIT")).lastError).toBeNull();
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

async function sim(path: string, body: object = {}): Promise<unknown> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return JSON.parse(text);
}

type Truth = { id: string; test: boolean; refunds: unknown[] } & Record<string, unknown>;

async function readTruth(): Promise<Truth[]> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}/orders.jsonl`);
  const lines = (await answer.text()).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

async function expectTruth(): Promise<void> {
  const day = (before: number) => shopDay(new Date(Date.now() - before * 86_400_000), ZONE);
  const metrics = await shopMetrics(db, { shopId: SHOP, from: day(90), to: day(-2) });
  if (!metrics) throw new Error("no metrics");
  expectSameFigures(metrics, await readTruth());
}

/** Orders that can be refunded, by number. */
async function wholeOrders(): Promise<number[]> {
  return (await readTruth())
    .filter(
      ({ test, cancelledAt, displayFinancialStatus, refunds }) =>
        !test && !cancelledAt && displayFinancialStatus === "PAID" && refunds.length === 0,
    )
    .map(({ id }) => Number(id.split("/").at(-1)));
}

const mark = (id: number, { deleted = false, at = "now() - interval '1 minute'" } = {}) =>
  database.admin.query(
    `INSERT INTO staging_ingest.shopify_dirty (shop_id, resource, id, deleted, marked_at)
     VALUES ($1, 'ORDER', $2, $3, ${at})`,
    [SHOP, id, deleted],
  );
const markAll = (ids: readonly number[]) =>
  database.admin.query(
    `INSERT INTO staging_ingest.shopify_dirty (shop_id, resource, id, marked_at)
     SELECT $1, 'ORDER', id, now() - interval '1 minute' FROM unnest($2::bigint[]) AS id`,
    [SHOP, ids],
  );
const lookBack = (interval: string) =>
  database.admin.query("UPDATE app_dashboard.sync_cursors SET watermark = now() - $1::interval", [
    interval,
  ]);

describe("more changes than pages can bring", () => {
  it("are read by bulk operations, marks included, and what the files lack by id", async () => {
    const [first, second, deleted, later] = await wholeOrders();
    for (const id of [first, second]) await sim(`/orders/${id}/refund`);
    await sim("/orders", { count: 3, seed: 9 });
    await sim(`/orders/${deleted}/delete`);
    await mark(first ?? 0);
    await mark(deleted ?? 0, { deleted: true });
    await mark(later ?? 0, { at: "now() + interval '1 hour'" });
    // Days that nobody rolls up again would stay wrong.
    await database.admin.query("DELETE FROM reporting.daily_shopify_metrics");
    await database.admin.query(
      "TRUNCATE staging_ingest.shopify_orders_raw, core_warehouse.orders CASCADE",
    );
    await lookBack("90 days");
    asked = [];
    const status = await sync("INCREMENTAL");
    expect(status.lastError).toBeNull();
    await expectTruth();
    expect(askedFor("OrdersPage")).toEqual([]);
    const queries = askedFor("RunBulk").map(({ variables }) => String(variables.query));
    expect(queries).toHaveLength(2);
    for (const query of queries) expect(query).toMatch(/updated_at:>='[^']+'"/);
    const { rows } = await database.admin.query(
      `SELECT (SELECT count(*)::int FROM staging_ingest.shopify_dirty) AS marks,
         (SELECT count(*)::int FROM bulk_load.lines) AS lines`,
    );
    expect(rows).toEqual([{ marks: 0, lines: 0 }]);
    expect(Date.now() - (status.dataFreshTo?.getTime() ?? 0)).toBeLessThan(600_000);
  });

  it("answer the marks: nothing is read twice", async () => {
    const ids = (await readTruth()).map(({ id }) => Number(id.split("/").at(-1))).slice(0, 1_001);
    await lookBack("90 days");
    await markAll(ids);
    asked = [];
    expect((await sync("INCREMENTAL")).lastError).toBeNull();
    expect(askedFor("RunBulk")).toHaveLength(2);
    expect(askedFor("OrdersById")).toEqual([]);
    await expectTruth();
  });

  it("are noticed by their marks, where the window alone would say nothing", async () => {
    // Orders that nobody knows cost little to ask for.
    await markAll(Array.from({ length: 1_001 }, (_, n) => 7_000_000_000_000 + n));
    asked = [];
    expect((await sync("INCREMENTAL")).lastError).toBeNull();
    expect(askedFor("RunBulk")).toHaveLength(2);
    await expectTruth();
  });

  it("are few enough for pages the next time", async () => {
    asked = [];
    expect((await sync("INCREMENTAL")).lastError).toBeNull();
    expect(askedFor("RunBulk")).toEqual([]);
    expect(askedFor("OrdersPage").length).toBeGreaterThan(0);
  });
});
