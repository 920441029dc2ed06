import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "~/lib/logger.server";
import { createOutgoingFetch } from "~/lib/outgoing.server";
import type { WorkerTenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import type { ShopifySimulator } from "../../simulators/shopify/options";
import { startShopifySimulator } from "../../simulators/shopify/server";
import { syncShop } from "../../workers/processors/sync-shop";
import { createTestDatabase, type TestDatabase } from "../harness/database";
import {
  API_KEY,
  API_SECRET,
  askForSync,
  CREDENTIAL_KEYS,
  connectShop,
} from "../support/connected-shop";
import { runSync } from "../support/run-sync";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

const SHOP = "reconciled.myshopify.com";
const ZONE = "America/New_York";
const NOW = new Date();
const DAY_MS = 86_400_000;

let database: TestDatabase;
let simulator: ShopifySimulator;
let db: WorkerTenantDb;
/** How far the stand-in's clock is behind ours. */
let behindMs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await startShopifySimulator({
    port: 0,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    stores: [
      {
        kind: "generated",
        options: {
          seed: 21,
          orders: 600,
          days: 400,
          now: NOW,
          domain: SHOP,
          plan: "plus",
          currency: "USD",
          ianaTimezone: ZONE,
        },
      },
    ],
    now: () => new Date(Date.now() - behindMs),
    pacing: { bulkStartMs: 1, bulkRunMs: 1 },
  });
  db = await connectShop({ simulator, database, shop: SHOP, currency: "USD", zone: ZONE });
  const { lastError } = await runSync(db, "HISTORICAL_INIT", sim());
  expect(lastError).toBeNull();
});
afterAll(async () => {
  await simulator.stop();
  await database.drop();
});
beforeEach(() => database.admin.query("TRUNCATE reporting.daily_reconciliation"));

const sim = () => ({ database, simulatorOrigin: simulator.origin });
const rows = async (sql: string, values: unknown[] = []) =>
  (await database.admin.query(sql, values)).rows;
const happen = async (path: string, body: unknown = {}) => {
  const answer = await fetch(`${simulator.origin}/_sim/shops/${SHOP}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
};

async function reconcile(send?: typeof fetch) {
  const options = send ? { ...sim(), fetch: send } : sim();
  const { lastError } = await runSync(db, "RECONCILE", options);
  const [run] = await rows(
    `SELECT * FROM reporting.reconciliations WHERE job_id =
       (SELECT id FROM app_dashboard.sync_jobs ORDER BY created_at DESC LIMIT 1)`,
  );
  return { lastError, run };
}

/** The same by workers that are each told to stop after so many requests to Shopify. */
async function reconcileInTurns(requests: number) {
  const jobId = await askForSync(db, "RECONCILE");
  const send = createOutgoingFetch(simulator.origin);
  for (let turns = 1; ; turns += 1) {
    const drain = new AbortController();
    let sent = 0;
    const counting: typeof fetch = (input, init) => {
      sent += 1;
      if (sent > requests) drain.abort();
      return send(input, init);
    };
    await syncShop(
      { shopId: SHOP, jobId },
      {
        database: database.worker,
        queue: {
          add: async () => {},
          size: async () => 0,
          empty: async () => {},
          close: async () => {},
        },
        access: { clientId: API_KEY, clientSecret: API_SECRET, fetch: counting },
        meta: null,
        workerId: `turn-${turns}`,
        leaseSeconds: 30,
        drain: drain.signal,
        log: createLogger({ level: "silent" }),
      },
    );
    const [job] = await rows("SELECT status, error FROM app_dashboard.sync_jobs WHERE id = $1", [
      jobId,
    ]);
    expect(job.error).toBeNull();
    if (job.status === "QUEUED" && turns < 50) continue;
    expect(job.status).toBe("SUCCEEDED");
    const [run] = await rows("SELECT * FROM reporting.reconciliations WHERE job_id = $1", [jobId]);
    return { turns, run };
  }
}

/** Metrics of days that differ or once did, as plain words. */
const noted = async (grain = "DAY") =>
  (
    await rows(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, metric, ours::float8, theirs::float8,
         ours_before::float8 AS before, repaired_at IS NOT NULL AS repaired
       FROM reporting.daily_reconciliation
       WHERE grain = $1 AND (difference <> 0 OR repaired_at IS NOT NULL) ORDER BY 1, 2`,
      [grain],
    )
  ).map(({ day, metric, ours, theirs, before, repaired }) => ({
    day,
    metric,
    ours,
    theirs,
    before,
    repaired,
  }));

/** An order of some 30 days ago with one unedited sale, and what it sold. */
async function someOrder(skip = 0) {
  const [order] = await rows(
    `SELECT o.order_id::text AS id, o.processed_at, o.total_price FROM core_warehouse.orders AS o
     WHERE NOT test AND deleted_at IS NULL AND processed_at < now() - interval '20 days'
       AND processed_at > now() - interval '80 days' AND current_total_price = total_price
       AND total_price > 0
     ORDER BY order_id OFFSET $1 LIMIT 1`,
    [skip],
  );
  return { id: order.id as string, day: shopDay(order.processed_at as Date, ZONE) };
}

/** Adds 5.00 to the amount of an order's first product row, and to its day's rollup. */
async function corrupt(orderId: string): Promise<void> {
  await database.admin.query(
    `UPDATE core_warehouse.order_sales SET total_amount = total_amount + 5
     WHERE sale_id = (SELECT min(sale_id) FROM core_warehouse.order_sales
       WHERE order_id = $1 AND line_type = 'PRODUCT' AND action_type = 'ORDER')`,
    [orderId],
  );
}
async function rollUp(): Promise<void> {
  await db.pgTx((client) => rollupDays(client, SHOP, "all"));
}

describe("with Shopify's report", () => {
  it("agrees on every day of a generated store, and on every month of its history", async () => {
    const { lastError, run } = await reconcile();
    expect(lastError).toBeNull();
    expect(run).toMatchObject({
      method: "SHOPIFYQL",
      whole_history: true,
      days: 90,
      days_differing: 0,
      days_repaired: 0,
      orders_counted: 600,
      orders_stored: 600,
      orders_reread: 0,
      failure: null,
    });
    const checked = await rows(
      `SELECT grain, count(*)::int AS periods, sum(difference)::float8 AS off, array_agg(DISTINCT metric) AS metrics
       FROM reporting.daily_reconciliation GROUP BY grain ORDER BY grain`,
    );
    expect(checked).toEqual([
      { grain: "DAY", periods: 90, off: 0, metrics: ["total_sales"] },
      { grain: "MONTH", periods: expect.any(Number), off: 0, metrics: ["total_sales"] },
    ]);
    expect(checked[1].periods).toBeGreaterThan(12);
    const sold = await rows(
      "SELECT 1 FROM reporting.daily_reconciliation WHERE grain = 'DAY' AND theirs > 0",
    );
    expect(sold.length).toBeGreaterThan(40);
  });

  it("compares the whole history once, then the newest days alone", async () => {
    const { run } = await reconcile();
    expect(run).toMatchObject({ whole_history: false, days: 90 });
  });

  it("finds a corrupted fact, repairs it by reading the order again, and says so", async () => {
    const { id, day } = await someOrder();
    await corrupt(id);
    await rollUp();
    const { lastError, run } = await reconcile();
    expect(lastError).toBeNull();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1 });
    expect(run.orders_reread).toBeGreaterThan(0);
    const found = await noted();
    expect(found.map(({ metric }) => metric)).toEqual(["gross_sales", "net_sales", "total_sales"]);
    for (const figure of found) {
      expect(figure).toMatchObject({ day, repaired: true, ours: figure.theirs });
      expect(figure.before).toBeCloseTo(figure.theirs + 5, 4);
    }
  });

  it("finds a rollup that its facts do not bear out", async () => {
    const { day } = await someOrder(3);
    await database.admin.query(
      "UPDATE reporting.daily_shopify_metrics SET taxes = taxes + 0.01 WHERE day = $1",
      [day],
    );
    expect((await reconcile()).run).toMatchObject({ days_differing: 0, days_repaired: 1 });
    expect(await noted()).toMatchObject([{ day, metric: "taxes", repaired: true }]);
  });

  it("finds an order that never arrived", async () => {
    const { id, day } = await someOrder(5);
    await database.admin.query("DELETE FROM core_warehouse.order_sales WHERE order_id = $1", [id]);
    for (const table of ["core_warehouse.orders", "staging_ingest.shopify_orders_raw"]) {
      await database.admin.query(`DELETE FROM ${table} WHERE order_id = $1`, [id]);
    }
    await rollUp();
    const { run } = await reconcile();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1, orders_found: 1 });
    expect((await noted()).find(({ metric }) => metric === "orders")).toMatchObject({ day });
    expect(
      await rows("SELECT 1 FROM core_warehouse.order_sales WHERE order_id = $1", [id]),
    ).not.toEqual([]);
  });

  it("finds a return that was never heard of", async () => {
    const { id } = await someOrder(8);
    behindMs = 3 * DAY_MS;
    await happen(`/orders/${id}/cancel`);
    behindMs = 0;
    const { run } = await reconcile();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1 });
    const day = shopDay(new Date(Date.now() - 3 * DAY_MS), ZONE);
    expect((await noted()).find(({ metric }) => metric === "returns")).toMatchObject({ day });
    const [order] = await rows(
      "SELECT cancelled_at FROM core_warehouse.orders WHERE order_id = $1",
      [id],
    );
    expect(order.cancelled_at).not.toBeNull();
  });

  it("finds a deleted order, which leaves every figure", async () => {
    const { id, day } = await someOrder(11);
    await happen(`/orders/${id}/delete`);
    const { run } = await reconcile();
    expect(run).toMatchObject({ orders_deleted: 1, days_differing: 0 });
    expect((await noted()).find(({ metric }) => metric === "orders")).toMatchObject({ day });
    const [order] = await rows("SELECT deleted_at FROM core_warehouse.orders WHERE order_id = $1", [
      id,
    ]);
    expect(order.deleted_at).not.toBeNull();
  });

  it("finds missing and deleted orders by their number, however old they are", async () => {
    const old = await rows(
      `SELECT order_id::text AS id FROM core_warehouse.orders WHERE NOT test AND deleted_at IS NULL
       AND processed_at < now() - interval '200 days' ORDER BY order_id LIMIT 3`,
    );
    const [lost, deleted, late] = old.map(({ id }) => id as string);
    await happen(`/orders/${deleted}/delete`);
    await happen(`/orders/${late}/delete`);
    for (const table of ["order_sales", "transactions", "order_line_items", "refunds", "orders"]) {
      await database.admin.query(`DELETE FROM core_warehouse.${table} WHERE order_id = $1`, [lost]);
    }
    await database.admin.query(
      "DELETE FROM staging_ingest.shopify_orders_raw WHERE order_id = $1",
      [lost],
    );
    const { run } = await reconcile();
    expect(run).toMatchObject({ orders_found: 1, orders_deleted: 2 });
    expect(run.orders_stored - run.orders_counted).toBe(1);
    const { run: next } = await reconcile();
    expect(next).toMatchObject({ orders_found: 0, orders_deleted: 0 });
    expect(next.orders_stored).toBe(next.orders_counted);
  });

  it("looks into a month of the old history that differs, right after a backfill", async () => {
    const [order] = await rows(
      `SELECT order_id::text AS id, processed_at AS at FROM core_warehouse.orders
       WHERE NOT test AND deleted_at IS NULL AND processed_at < now() - interval '250 days'
         AND current_total_price = total_price AND total_price > 0
       ORDER BY order_id LIMIT 1`,
    );
    await corrupt(order.id);
    await rollUp();
    expect((await reconcile()).run).toMatchObject({ whole_history: false, days_repaired: 0 });
    await database.admin.query("UPDATE app_dashboard.shops SET history_complete_at = now()");
    const { run } = await reconcile();
    expect(run).toMatchObject({ whole_history: true, days_repaired: 1, days_differing: 0 });
    const day = shopDay(order.at, ZONE);
    expect((await noted()).map((figure) => figure.day)).toEqual([day, day, day]);
    const months = await noted("MONTH");
    expect(months.map(({ metric, repaired }) => ({ metric, repaired }))).toEqual([
      { metric: "gross_sales", repaired: true },
      { metric: "net_sales", repaired: true },
      { metric: "total_sales", repaired: true },
    ]);
  });

  it("shows a difference that reading again does not mend, and reads no second time for it", async () => {
    const { day } = await someOrder(14);
    const send = createOutgoingFetch(simulator.origin);
    const dearer: typeof fetch = async (input, init) => {
      const answer = await send(input, init);
      if (!String(init?.body).includes("shopifyqlQuery")) return answer;
      const body = await answer.json();
      const row = body.data.shopifyqlQuery.tableData.rows.find(
        (r: { day: string }) => r.day === day,
      );
      if (row) row.taxes = `${Number(row.taxes) + 1}`;
      return Response.json(body);
    };
    const { lastError, run } = await reconcile(dearer);
    expect(lastError).toBeNull();
    expect(run).toMatchObject({ days_differing: 1, days_repaired: 0 });
    expect(run.orders_reread).toBeGreaterThan(0);
    expect(await noted()).toMatchObject([{ day, metric: "taxes", repaired: false }]);
    const again = await reconcile(dearer);
    expect(again.run).toMatchObject({ days_differing: 1, orders_reread: 0 });
    expect((await reconcile()).run).toMatchObject({ days_differing: 0, days_repaired: 1 });
  });

  it("fails, and says so, where sales are of a kind that no figure holds", async () => {
    const { id, day } = await someOrder(17);
    const [sale] = await rows(
      `SELECT sale_id, line_type FROM core_warehouse.order_sales
       WHERE order_id = $1 AND line_type = 'PRODUCT' LIMIT 1`,
      [id],
    );
    const send = createOutgoingFetch(simulator.origin);
    const unknown: typeof fetch = async (input, init) => {
      const answer = await send(input, init);
      const text = await answer.text();
      const at = text.indexOf(`"gid://shopify/Sale/${sale.sale_id}"`);
      if (at < 0) return new Response(text, answer);
      const rest = text.slice(at).replace('"PRODUCT"', '"UNKNOWN"');
      return new Response(text.slice(0, at) + rest, answer);
    };
    await database.admin.query(
      "UPDATE core_warehouse.order_sales SET line_type = 'UNKNOWN' WHERE sale_id = $1",
      [sale.sale_id],
    );
    await rollUp();
    await database.admin.query(
      "UPDATE staging_ingest.shopify_orders_raw SET updated_at = updated_at - interval '1 day' WHERE order_id = $1",
      [id],
    );
    const { lastError, run } = await reconcile(unknown);
    expect(lastError).toMatchObject({ code: "UNCLASSIFIED_SALES", retryable: false });
    expect(run).toMatchObject({ failure: "UNCLASSIFIED_SALES", days_differing: 1 });
    expect((await noted()).find(({ metric }) => metric === "unclassified")).toMatchObject({
      day,
      theirs: 0,
    });
    await database.admin.query("TRUNCATE reporting.daily_reconciliation");
    const { lastError: mended } = await reconcile();
    expect(mended).toBeNull();
  });

  it("goes on where it was stopped, however little each worker gets done", async () => {
    const days = new Set<string>();
    for (const skip of [20, 24]) {
      const { id, day } = await someOrder(skip);
      await corrupt(id);
      days.add(day);
    }
    await rollUp();
    await database.admin.query("UPDATE app_dashboard.shops SET history_complete_at = now()");
    const { turns, run } = await reconcileInTurns(1);
    expect(turns).toBeGreaterThan(6);
    expect(run).toMatchObject({
      whole_history: true,
      days: 90,
      days_differing: 0,
      days_repaired: days.size,
    });
  });
});

describe("without the right to read reports", () => {
  beforeAll(() => happen("/scopes", { withdraw: ["read_reports"] }));

  it("holds every order against its own totals instead", async () => {
    const { lastError, run } = await reconcile();
    expect(lastError).toBeNull();
    expect(run).toMatchObject({ method: "IDENTITIES", days: 90, days_differing: 0, failure: null });
    const metrics = await rows("SELECT DISTINCT metric FROM reporting.daily_reconciliation");
    expect(metrics).toEqual([{ metric: "orders_off_total_price" }]);
  });

  it("finds the order that breaks one and repairs it", async () => {
    const { id, day } = await someOrder(27);
    await corrupt(id);
    await rollUp();
    const { run } = await reconcile();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1, orders_reread: 1 });
    expect(await noted()).toEqual([
      { day, metric: "orders_off_current_total", ours: 0, theirs: 0, before: 1, repaired: true },
      { day, metric: "orders_off_total_price", ours: 0, theirs: 0, before: 1, repaired: true },
    ]);
  });
});
