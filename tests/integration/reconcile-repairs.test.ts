import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { shopDay } from "~/lib/time";
import { markOrdersDeleted } from "~/warehouse/mark-orders-deleted.server";
import { CREDENTIAL_KEYS } from "../support/connected-shop";
import {
  createReconciledShop,
  DAY_MS,
  type ReconciledShop,
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

describe("a reconciliation with Shopify's report", () => {
  it("finds a corrupted fact, repairs it by reading the order again, and says so", async () => {
    const { id, day } = await shop.someOrder();
    await shop.corrupt(id);
    const { lastError, run } = await shop.reconcile();
    expect(lastError).toBeNull();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1 });
    expect(run.orders_reread).toBeGreaterThan(0);
    const found = await shop.noted();
    expect(found.map(({ metric }) => metric)).toEqual(["gross_sales", "net_sales", "total_sales"]);
    for (const figure of found) {
      expect(figure).toMatchObject({ day, repaired: true, ours: figure.theirs });
      expect(figure.before).toBeCloseTo(figure.theirs + 5, 4);
    }
  });

  it("finds a rollup that its facts do not bear out", async () => {
    const { day } = await shop.someOrder(3);
    await shop.rows(
      "UPDATE reporting.daily_shopify_metrics SET taxes = taxes + 0.01 WHERE day = $1",
      [day],
    );
    expect((await shop.reconcile()).run).toMatchObject({ days_differing: 0, days_repaired: 1 });
    expect(await shop.noted()).toMatchObject([{ day, metric: "taxes", repaired: true }]);
  });

  it("finds an order that never arrived", async () => {
    const { id, day } = await shop.someOrder(5);
    await shop.rows("DELETE FROM core_warehouse.order_sales WHERE order_id = $1", [id]);
    for (const table of ["core_warehouse.orders", "staging_ingest.shopify_orders_raw"]) {
      await shop.rows(`DELETE FROM ${table} WHERE order_id = $1`, [id]);
    }
    await shop.rollUp();
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1, orders_found: 1 });
    expect((await shop.noted()).find(({ metric }) => metric === "orders")).toMatchObject({ day });
    expect(
      await shop.rows("SELECT 1 FROM core_warehouse.order_sales WHERE order_id = $1", [id]),
    ).not.toEqual([]);
  });

  it("finds a return that was never heard of", async () => {
    const { id } = await shop.someOrder(8);
    await shop.happen(`/orders/${id}/cancel`, {}, 3);
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ days_differing: 0, days_repaired: 1 });
    const day = shopDay(new Date(Date.now() - 3 * DAY_MS), ZONE);
    expect((await shop.noted()).find(({ metric }) => metric === "returns")).toMatchObject({ day });
    const [order] = await shop.rows(
      "SELECT cancelled_at FROM core_warehouse.orders WHERE order_id = $1",
      [id],
    );
    expect(order?.cancelled_at).not.toBeNull();
  });

  it("finds a deleted order, which leaves every figure", async () => {
    const { id, day } = await shop.someOrder(11);
    await shop.happen(`/orders/${id}/delete`);
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ orders_deleted: 1, days_differing: 0 });
    expect((await shop.noted()).find(({ metric }) => metric === "orders")).toMatchObject({ day });
    const [order] = await shop.rows(
      "SELECT deleted_at FROM core_warehouse.orders WHERE order_id = $1",
      [id],
    );
    expect(order?.deleted_at).not.toBeNull();
  });

  it("finds missing and deleted orders by their number, however old they are", async () => {
    const old = await shop.rows(
      `SELECT order_id::text AS id FROM core_warehouse.orders WHERE NOT test AND deleted_at IS NULL
       AND processed_at < now() - interval '200 days' ORDER BY order_id LIMIT 3`,
    );
    const [lost, deleted, late] = old.map(({ id }) => id as string);
    await shop.happen(`/orders/${deleted}/delete`);
    await shop.happen(`/orders/${late}/delete`);
    for (const table of ["order_sales", "transactions", "order_line_items", "refunds", "orders"]) {
      await shop.rows(`DELETE FROM core_warehouse.${table} WHERE order_id = $1`, [lost]);
    }
    await shop.rows("DELETE FROM staging_ingest.shopify_orders_raw WHERE order_id = $1", [lost]);
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ orders_found: 1, orders_deleted: 2 });
    expect(Number(run.orders_stored) - Number(run.orders_counted)).toBe(1);
    const { run: next } = await shop.reconcile();
    expect(next).toMatchObject({ orders_found: 0, orders_deleted: 0 });
    expect(next.orders_stored).toBe(next.orders_counted);
  });

  it("takes back what was wrongly taken for deleted", async () => {
    const { id, day } = await shop.someOrder(13);
    await shop.db.pgTx((client) => markOrdersDeleted(client, shop.db.shopId, [id], new Date()));
    await shop.rollUp();
    const { run } = await shop.reconcile();
    expect(run).toMatchObject({ days_repaired: 1, days_differing: 0, orders_found: 1 });
    expect((await shop.noted()).find(({ metric }) => metric === "orders")).toMatchObject({ day });
  });
});
