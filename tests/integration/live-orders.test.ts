import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { shopMetrics } from "~/metrics/shop-metrics.server";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { generateStore } from "../../simulators/shopify/store";
import { queueDirtySyncs } from "../../workers/live";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import { expectSameFigures } from "../harness/same-figures";
import { API_KEY, API_SECRET, CREDENTIAL_KEYS, connectShop } from "../support/connected-shop";
import { runQueued, runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "live.myshopify.com";
const ZONE = "America/New_York";

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  const store = generateStore({
    seed: 17,
    orders: 200,
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
  const { lastError } = await sync("HISTORICAL_INIT");
  expect(lastError).toBeNull();
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});

const sync = (type: "HISTORICAL_INIT" | "INCREMENTAL") =>
  runSync(db, type, { database, simulatorOrigin: simulator.origin });

const sim = async (path: string, body: object = {}) => {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.status, `${path}: ${text}`).toBe(200);
  return JSON.parse(text);
};

type Truth = { id: string; test: boolean; cancelledAt: string | null } & Record<string, unknown>;

/** What the stand-in's shop truly holds now. */
async function readTruth(): Promise<Truth[]> {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}/orders.jsonl`);
  const lines = (await answer.text()).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const mark = (id: number | string, { deleted = false, resource = "ORDER" } = {}) =>
  database.admin.query(
    `INSERT INTO staging_ingest.shopify_dirty (shop_id, resource, id, deleted, marked_at)
     VALUES ($1, $2, $3, $4, clock_timestamp())
     ON CONFLICT (shop_id, resource, id) DO UPDATE SET deleted = excluded.deleted, marked_at = excluded.marked_at`,
    [SHOP, resource, id, deleted],
  );

/** A run of webhooks alone: the window has just been read, and nothing but marks says what changed. */
async function runByWebhook() {
  await database.admin.query("UPDATE app_dashboard.sync_cursors SET watermark = now()");
  await database.admin.query(
    "UPDATE staging_ingest.shopify_dirty SET marked_at = marked_at - interval '1 minute'",
  );
  expect(await queueDirtySyncs(database.worker)).toBe(1);
  const status = await runQueued(db, { database, simulatorOrigin: simulator.origin });
  expect(status.lastError).toBeNull();
}

const rows = async (sql: string) => (await database.admin.query(sql)).rows;
const marks = () => rows("SELECT resource, id::text FROM staging_ingest.shopify_dirty");

async function expectTruth(zone = ZONE) {
  const day = (before: number) => shopDay(new Date(Date.now() - before * 86_400_000), zone);
  const metrics = await shopMetrics(db, { shopId: SHOP, from: day(70), to: day(-2) });
  if (!metrics) throw new Error("no metrics");
  expectSameFigures(metrics, await readTruth());
}

/** A paid order that is whole yet: the n-th of them. */
async function paidOrder(n: number): Promise<number> {
  const whole = (await readTruth()).filter(
    ({ test, cancelledAt, displayFinancialStatus, refunds }) =>
      !test &&
      !cancelledAt &&
      displayFinancialStatus === "PAID" &&
      (refunds as unknown[]).length === 0,
  );
  return Number(whole[n]?.id.split("/").at(-1));
}

describe("orders that webhooks name", () => {
  it("are read again, new and changed ones, and their marks go", async () => {
    const { orders } = (await sim("/orders", { count: 3, seed: 4 })) as {
      orders: Array<{ id: number }>;
    };
    const refunded = await paidOrder(0);
    await sim(`/orders/${refunded}/refund`);
    for (const { id } of orders) await mark(id);
    await mark(refunded);
    await runByWebhook();
    expect(await marks()).toEqual([]);
    await expectTruth();
  });

  it("leave every figure when they were deleted, and stay away from a rebuild", async () => {
    const known = await paidOrder(3);
    await sim(`/orders/${known}/delete`);
    await mark(known, { deleted: true });
    // Not told as deleted, but not found any more: a delete webhook that was lost.
    const lost = await paidOrder(5);
    await sim(`/orders/${lost}/delete`);
    await mark(lost);
    await runByWebhook();
    await expectTruth();
    const gone = await rows(
      "SELECT order_id::text FROM core_warehouse.orders WHERE deleted_at IS NOT NULL ORDER BY 1",
    );
    expect(gone.map(({ order_id }) => order_id)).toEqual([String(known), String(lost)].sort());
    await db.pgTx((client) => rebuildFacts(client, SHOP));
    await expectTruth();
  });

  it("that nobody knows here are no deletion, unless Shopify says so", async () => {
    await mark("9007199254740993");
    await mark("9007199254740995", { deleted: true });
    await runByWebhook();
    const tombs = await rows(
      "SELECT order_id::text FROM staging_ingest.shopify_orders_deleted WHERE order_id > 9007199254740992",
    );
    expect(tombs).toEqual([{ order_id: "9007199254740995" }]);
  });

  it("come back when Shopify finds them after all", async () => {
    const id = await paidOrder(7);
    await database.admin.query(
      "INSERT INTO staging_ingest.shopify_orders_deleted VALUES ($1, $2, now())",
      [SHOP, id],
    );
    await db.pgTx((client) => rebuildFacts(client, SHOP));
    await mark(id);
    await runByWebhook();
    await expectTruth();
  });

  it("keep a mark that is set again while they are read", async () => {
    const id = await paidOrder(8);
    await mark(id);
    const client = await database.admin.connect();
    await client.query("BEGIN");
    // Stands for a webhook whose transaction ends while the job reads.
    await client.query(
      "UPDATE staging_ingest.shopify_dirty SET marked_at = now() + interval '1 hour' WHERE id = $1",
      [id],
    );
    const running = sync("INCREMENTAL");
    await vi.waitFor(async () => {
      const [job] = await rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      expect(job).toBeDefined();
    }, 20_000);
    await client.query("COMMIT");
    client.release();
    await running;
    expect(await marks()).toEqual([]);
  });
});

describe("queueDirtySyncs", () => {
  const queued = async () => {
    const made = await queueDirtySyncs(database.worker);
    await database.admin.query("DELETE FROM app_dashboard.sync_jobs WHERE status = 'QUEUED'");
    return made;
  };

  it("gathers what is young, and leaves shops alone that rest", async () => {
    await mark(await paidOrder(0));
    expect(await queued()).toBe(0);
    await database.admin.query(
      "UPDATE staging_ingest.shopify_dirty SET marked_at = now() - interval '1 minute'",
    );
    expect(await queued()).toBe(1);
    await database.admin.query(
      "INSERT INTO app_dashboard.sync_pauses (shop_id, platform, paused_by) VALUES ($1, 'SHOPIFY', 'test')",
      [SHOP],
    );
    expect(await queued()).toBe(0);
    await database.admin.query("DELETE FROM app_dashboard.sync_pauses");
    await database.admin.query("UPDATE app_dashboard.shops SET uninstalled_at = now()");
    expect(await queued()).toBe(0);
    await database.admin.query("UPDATE app_dashboard.shops SET uninstalled_at = NULL");
    expect(await queued()).toBe(1);
    await database.admin.query(
      `INSERT INTO app_dashboard.sync_jobs (shop_id, platform, job_type, requested_by, run_after)
       VALUES ($1, 'SHOPIFY', 'INCREMENTAL', 'schedule', now() + interval '4 minutes')`,
      [SHOP],
    );
    expect(await queueDirtySyncs(database.worker)).toBe(1);
    const [job] = await rows(
      "SELECT requested_by, run_after <= now() AS due FROM app_dashboard.sync_jobs WHERE status = 'QUEUED'",
    );
    expect(job).toEqual({ requested_by: "schedule", due: true });
    expect(await queued()).toBe(0);
  });
});

describe("shop/update", () => {
  it("with another zone moves every figure to its new day", async () => {
    await sim("/settings", { iana_timezone: "Pacific/Auckland", name: "Renamed" });
    await mark(0, { resource: "SHOP" });
    await runByWebhook();
    const [shop] = await rows("SELECT name, iana_timezone FROM app_dashboard.shops");
    expect(shop).toEqual({ name: "Renamed", iana_timezone: "Pacific/Auckland" });
    expect(await marks()).toEqual([]);
    await expectTruth("Pacific/Auckland");
  });
});
