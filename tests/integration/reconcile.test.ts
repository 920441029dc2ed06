import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { tenantDb } from "~/lib/tenant-db.server";
import { shopDay } from "~/lib/time";
import { reconciliation } from "~/metrics/reconciliation.server";
import { CREDENTIAL_KEYS } from "../support/connected-shop";
import {
  createReconciledShop,
  DAY_MS,
  type ReconciledShop,
  SHOP,
  ZONE,
} from "../support/reconciled-shop";

vi.setConfig({ testTimeout: 120_000 });
// Credentials are opened with the process's keys; this process has no other environment.
vi.mock("~/lib/env.server", async (original) => ({
  ...(await original<typeof import("~/lib/env.server")>()),
  env: () => ({ CREDENTIAL_KEYS, LOG_LEVEL: "silent" }),
}));

let shop: ReconciledShop;

beforeAll(async () => {
  shop = await createReconciledShop();
});
afterAll(() => shop.stop());
beforeEach(() => shop.rows("TRUNCATE reporting.daily_reconciliation"));

describe("a run of the reconciliation", () => {
  it("agrees on every day of a generated store, and on every month of its history", async () => {
    const { lastError, run } = await shop.reconcile();
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
    const checked = await shop.rows(
      `SELECT grain, count(*)::int AS periods, sum(difference)::float8 AS off, array_agg(DISTINCT metric) AS metrics
       FROM reporting.daily_reconciliation GROUP BY grain ORDER BY grain`,
    );
    expect(checked).toEqual([
      { grain: "DAY", periods: 90, off: 0, metrics: ["total_sales"] },
      { grain: "MONTH", periods: expect.any(Number), off: 0, metrics: ["total_sales"] },
    ]);
    expect(checked[1]?.periods).toBeGreaterThan(12);
    const sold = await shop.rows(
      "SELECT 1 FROM reporting.daily_reconciliation WHERE grain = 'DAY' AND theirs > 0",
    );
    expect(sold.length).toBeGreaterThan(40);
  });

  it("compares the whole history once, then the newest days alone", async () => {
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ whole_history: false, days: 90 });
  });

  it("leaves out days with sales in an earlier currency, which the report does not know", async () => {
    const { day } = await shop.someOrder(13);
    await shop.rows(
      `INSERT INTO reporting.daily_shopify_metrics (shop_id, day, currency, taxes)
       VALUES ($1, $2, 'CAD', 3)`,
      [SHOP, day],
    );
    expect((await shop.reconcile()).run).toMatchObject({
      days: 89,
      days_skipped: 1,
      days_differing: 0,
    });
    await shop.rows("DELETE FROM reporting.daily_shopify_metrics WHERE currency = 'CAD'");
  });

  it("looks into a month of the old history that differs, right after a backfill", async () => {
    const [order] = await shop.rows(
      `SELECT order_id::text AS id, processed_at AS at FROM core_warehouse.orders
       WHERE NOT test AND deleted_at IS NULL AND processed_at < now() - interval '250 days'
         AND current_total_price = total_price AND total_price > 0
       ORDER BY order_id LIMIT 1`,
    );
    await shop.corrupt(String(order?.id));
    expect((await shop.reconcile()).run).toMatchObject({ whole_history: false, days_repaired: 0 });
    await shop.rows("UPDATE app_dashboard.shops SET history_complete_at = now()");
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ whole_history: true, days_repaired: 1, days_differing: 0 });
    const day = shopDay(order?.at as Date, ZONE);
    expect((await shop.noted()).map((figure) => figure.day)).toEqual([day, day, day]);
    const months = await shop.noted("MONTH");
    expect(months.map(({ metric, repaired }) => ({ metric, repaired }))).toEqual([
      { metric: "gross_sales", repaired: true },
      { metric: "net_sales", repaired: true },
      { metric: "total_sales", repaired: true },
    ]);
  });

  it("shows a difference that reading again does not mend, and reads no second time for it", async () => {
    const { day } = await shop.someOrder(14);
    const { send } = shop;
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
    const { lastError, run } = await shop.reconcile(dearer);
    expect(lastError).toBeNull();
    expect(run).toMatchObject({ days_differing: 1, days_repaired: 0 });
    expect(run.orders_reread).toBeGreaterThan(0);
    expect(await shop.noted()).toMatchObject([{ day, metric: "taxes", repaired: false }]);
    const again = await shop.reconcile(dearer);
    expect(again.run).toMatchObject({ days_differing: 1, orders_reread: 0 });
    expect((await shop.reconcile()).run).toMatchObject({ days_differing: 0, days_repaired: 1 });
  });

  it("looks at an old difference again until it is gone", async () => {
    const day = shopDay(new Date(Date.now() - 200 * DAY_MS), ZONE);
    await shop.rows(
      `INSERT INTO reporting.daily_reconciliation
         (shop_id, grain, day, currency, metric, ours, theirs, difference, checked_at)
       VALUES ($1, 'DAY', $2, 'USD', 'taxes', 1, 2, -1, now() - interval '150 days'),
         ($1, 'MONTH', date_trunc('month', $2::date), 'USD', 'taxes', 1, 2, -1, now())`,
      [SHOP, day],
    );
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ whole_history: true, days: 91, days_differing: 0 });
    expect(await shop.noted()).toMatchObject([{ day, metric: "taxes", before: 1, repaired: true }]);
    expect(await shop.noted("MONTH")).toMatchObject([{ metric: "taxes", repaired: true }]);
  });

  it("fails, and says so, where sales are of a kind that no figure holds", async () => {
    const { id, day } = await shop.someOrder(17);
    const [sale] = await shop.rows(
      `SELECT sale_id, line_type FROM core_warehouse.order_sales
       WHERE order_id = $1 AND line_type = 'PRODUCT' LIMIT 1`,
      [id],
    );
    const { send } = shop;
    const unknown: typeof fetch = async (input, init) => {
      const answer = await send(input, init);
      const text = await answer.text();
      const at = text.indexOf(`"gid://shopify/Sale/${sale?.sale_id}"`);
      if (at < 0) return new Response(text, answer);
      const rest = text.slice(at).replace('"PRODUCT"', '"UNKNOWN"');
      return new Response(text.slice(0, at) + rest, answer);
    };
    await shop.rows(
      "UPDATE core_warehouse.order_sales SET line_type = 'UNKNOWN' WHERE sale_id = $1",
      [sale?.sale_id],
    );
    await shop.rollUp();
    await shop.rows(
      "UPDATE staging_ingest.shopify_orders_raw SET updated_at = updated_at - interval '1 day' WHERE order_id = $1",
      [id],
    );
    const { lastError, run } = await shop.reconcile(unknown);
    expect(lastError).toMatchObject({ code: "UNCLASSIFIED_SALES", retryable: false });
    expect(run).toMatchObject({ failure: "UNCLASSIFIED_SALES", days_differing: 1 });
    expect((await shop.noted()).find(({ metric }) => metric === "unclassified")).toMatchObject({
      day,
      theirs: 0,
    });
    await shop.rows("TRUNCATE reporting.daily_reconciliation");
    const { lastError: mended } = await shop.reconcile();
    expect(mended).toBeNull();
  });

  it("goes on where it was stopped, however little each worker gets done", async () => {
    const days = new Set<string>();
    for (const skip of [20, 24]) {
      const { id, day } = await shop.someOrder(skip);
      await shop.corrupt(id);
      days.add(day);
    }
    await shop.rollUp();
    await shop.rows("UPDATE app_dashboard.shops SET history_complete_at = now()");
    const { turns, run } = await shop.reconcileInTurns(3);
    expect(turns).toBeGreaterThan(3);
    expect(run).toMatchObject({
      whole_history: true,
      days: 90,
      days_differing: 0,
      days_repaired: days.size,
    });
  });
});

describe("what the Sync page is told", () => {
  const page = () =>
    reconciliation(tenantDb(shop.database.web, { kind: "shop", shopId: SHOP }), SHOP, {
      limit: 90,
    });

  it("is the newest run, and each checked day as equal, repaired or different", async () => {
    const { day } = await shop.someOrder(15);
    await shop.rows(
      "UPDATE reporting.daily_shopify_metrics SET shipping = shipping + 1 WHERE day = $1",
      [day],
    );
    await shop.reconcile();
    const { latest, days } = await page();
    expect(latest).toMatchObject({
      method: "SHOPIFYQL",
      currency: "USD",
      days: 90,
      daysDiffering: 0,
      daysRepaired: 1,
      failure: null,
    });
    expect(days).toHaveLength(90);
    expect(days.map((one) => one.day)).toEqual(
      days
        .map((one) => one.day)
        .sort()
        .reverse(),
    );
    expect(days.filter(({ state }) => state !== "EQUAL")).toMatchObject([
      { day, state: "REPAIRED", figures: [{ metric: "shipping", difference: "0" }] },
    ]);
    for (const { total } of days) expect(total?.ours).toBe(total?.theirs);
  });

  it("is nothing of another shop", async () => {
    const theirs = tenantDb(shop.database.web, { kind: "shop", shopId: "x.myshopify.com" });
    const other = await reconciliation(theirs, SHOP, { limit: 90 });
    expect(other).toEqual({ latest: null, days: [] });
  });
});

describe("without the right to read reports", () => {
  beforeAll(() => shop.happen("/scopes", { withdraw: ["read_reports"] }));

  it("holds every order against its own totals instead", async () => {
    const { lastError, run } = await shop.reconcile();
    expect(lastError).toBeNull();
    expect(run).toMatchObject({ method: "IDENTITIES", days: 90, days_differing: 0, failure: null });
    const metrics = await shop.rows("SELECT DISTINCT metric FROM reporting.daily_reconciliation");
    expect(metrics).toEqual([{ metric: "orders_off_total_price" }]);
  });

  it("finds the order that breaks one and repairs it", async () => {
    const { id, day } = await shop.someOrder(27);
    await shop.corrupt(id);
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1, orders_reread: 1 });
    expect(await shop.noted()).toEqual([
      { day, metric: "orders_off_current_total", ours: 0, theirs: 0, before: 1, repaired: true },
      { day, metric: "orders_off_total_price", ours: 0, theirs: 0, before: 1, repaired: true },
    ]);
  });
});
