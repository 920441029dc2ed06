import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ordersWithoutDetails } from "~/warehouse/facts/orders-without-details.server";
import { loadOrderDetails } from "~/warehouse/load-orders.server";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import { bag, orderDocument } from "../support/order-documents";
import {
  createTestWarehouse,
  DERIVED_TABLES,
  derivedState,
  SHOP,
  type TestWarehouse,
} from "../support/warehouse";

let warehouse: TestWarehouse;
beforeAll(async () => {
  warehouse = await createTestWarehouse();
});
afterAll(() => warehouse.database.drop());
beforeEach(() => warehouse.clear());

const MARCH = (day: number) => `2026-03-${String(day).padStart(2, "0")}T12:00:00Z`;
const ORDER = "gid://shopify/Order/1";
const REFUND = { id: "gid://shopify/Refund/2", totalRefundedSet: bag("10.00") };

/** An order with one refund, as a bulk file brings it. */
const order = (updatedAt: string) =>
  orderDocument({ id: 1, at: MARCH(1), updatedAt, extra: { refunds: [REFUND] } });

const line = (n: number, subtotal: string) => ({
  id: `gid://shopify/RefundLineItem/${n}`,
  quantity: 1,
  priceSet: bag(subtotal),
  subtotalSet: bag(subtotal),
});

/** Its details, with these lines. */
const details = (updatedAt: string, lines: object[], more: object = { returns: [] }) => ({
  id: ORDER,
  updatedAt,
  currencyCode: "EUR",
  refunds: [
    {
      id: REFUND.id,
      refundLineItems: lines,
      orderAdjustments: [],
      refundShippingLines: [],
      transactions: [],
    },
  ],
  fulfillments: [],
  ...more,
});

const load = (...documents: object[]) =>
  warehouse.db.pgTx((client) =>
    loadOrderDetails(client, SHOP, documents as Record<string, unknown>[]),
  );

const subtotals = async () =>
  (
    await warehouse.rows(
      "SELECT subtotal::text FROM core_warehouse.refund_line_items ORDER BY position",
    )
  ).map((row) => row.subtotal);

describe("details of an order", () => {
  it("survive newer orders that come without them", async () => {
    await load(details(MARCH(2), [line(1, "7.00"), line(2, "3.00")]));
    await warehouse.load([order(MARCH(2))]);
    await warehouse.load([order(MARCH(9))]);
    expect(await subtotals()).toEqual(["7.00", "3.00"]);
  });

  it("lose the lines that a newer version does not name, and never to an older one", async () => {
    await load(details(MARCH(2), [line(1, "7.00"), line(2, "3.00")]));
    await load(details(MARCH(4), [line(2, "3.00")]), details(MARCH(3), [line(1, "9.00")]));
    expect(await subtotals()).toEqual(["3.00"]);
    expect(await load(details(MARCH(4), [line(2, "3.00")]))).toBe(0);
  });

  it("come with an order of a page, without which it is the order of a bulk file", async () => {
    const { refunds } = details(MARCH(2), [line(1, "7.00")]);
    const page = { ...order(MARCH(2)), refunds: [{ ...REFUND, ...refunds[0] }], returns: [] };
    await warehouse.load([page]);
    const hash = "SELECT encode(payload_hash, 'hex') AS hash FROM core_warehouse.orders";
    const byPage = await warehouse.rows(hash);
    expect(await subtotals()).toEqual(["7.00"]);
    await warehouse.clear();
    await warehouse.load([order(MARCH(2))]);
    expect(await warehouse.rows(hash)).toEqual(byPage);
  });

  it("keep their returns when a reader that may not read returns brings the same version", async () => {
    const returns = [{ id: "gid://shopify/Return/5", status: "OPEN", returnLineItems: [] }];
    await load(details(MARCH(2), [line(1, "7.00")], { returns }));
    await load(details(MARCH(2), [line(1, "7.00")], {}));
    await warehouse.database.admin.query(`TRUNCATE ${DERIVED_TABLES}`);
    await warehouse.db.pgTx((client) => rebuildFacts(client, SHOP));
    await load(details(MARCH(3), [line(1, "8.00")], {}));
    expect(await warehouse.rows("SELECT return_id, status FROM core_warehouse.returns")).toEqual([
      { return_id: "5", status: "OPEN" },
    ]);
    expect(await subtotals()).toEqual(["8.00"]);
  });

  it("are asked for once for each version of an order", async () => {
    const missing = () =>
      warehouse.db.pgTx((client) => ordersWithoutDetails(client, SHOP, "0", 10));
    await warehouse.load([order(MARCH(2)), orderDocument({ id: 3, at: MARCH(1) })]);
    expect(await missing()).toEqual(["1"]);
    await load(details(MARCH(2), []));
    expect(await missing()).toEqual([]);
    await warehouse.load([order(MARCH(5))]);
    expect(await missing()).toEqual(["1"]);
  });

  it("are rebuilt from their raw documents alone, and go with them", async () => {
    await load(details(MARCH(2), [line(1, "7.00")]));
    await warehouse.load([order(MARCH(2))]);
    const before = await derivedState(warehouse);
    await warehouse.database.admin.query(`TRUNCATE ${DERIVED_TABLES}`);
    await warehouse.db.pgTx((client) => rebuildFacts(client, SHOP));
    expect(await derivedState(warehouse)).toBe(before);
    await warehouse.database.admin.query("TRUNCATE staging_ingest.shopify_order_details_raw");
    await warehouse.db.pgTx((client) => rebuildFacts(client, SHOP));
    expect(await subtotals()).toEqual([]);
  });
});
