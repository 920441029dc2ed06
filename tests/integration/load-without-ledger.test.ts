import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ordersWithoutLedger } from "~/warehouse/facts/orders-without-ledger.server";
import { loadOrderDetails } from "~/warehouse/load-orders.server";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import { brokenIdentities } from "~/warehouse/reconciliation/broken-identities.server";
import { repairOrders } from "~/warehouse/repair-orders.server";
import { factsAgainstRaw } from "../../scripts/lib/verify/facts-against-raw";
import { rollupDifferences } from "../../scripts/lib/verify/rollup-differences";
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
const LINE = "gid://shopify/LineItem/11";
const HEAD = { id: "gid://shopify/Refund/2", createdAt: MARCH(5), totalRefundedSet: bag("10.00") };
const REFUND = {
  ...HEAD,
  refundLineItems: [
    {
      id: "gid://shopify/RefundLineItem/3",
      lineItem: { id: LINE },
      quantity: 1,
      subtotalSet: bag("10.00"),
      totalTaxSet: bag("0.00"),
    },
  ],
  orderAdjustments: [],
  refundShippingLines: [],
};

/** Two pieces at 10.00 without a ledger, of which refunds may have taken back some. */
const order = (updatedAt: string, refunds: object[], more: object = {}) =>
  orderDocument({
    id: 1,
    at: MARCH(1),
    updatedAt,
    agreements: null,
    extra: {
      totalPriceSet: bag("20.00"),
      lineItems: [
        {
          id: LINE,
          quantity: 2,
          originalUnitPriceSet: bag("10.00"),
          discountAllocations: [],
          taxLines: [],
        },
      ],
      shippingLines: [],
      refunds,
      ...more,
    },
  });
const read = (updatedAt: string) =>
  orderDocument({
    id: 1,
    at: MARCH(1),
    updatedAt,
    agreements: [{ sales: [{ total: "30.00", quantity: 3 }] }],
  });

const days = async () =>
  (
    await warehouse.rows(
      `SELECT to_char(day, 'DD') AS day, gross_sales::float8 AS gross, returns::float8 AS returns
       FROM reporting.daily_shopify_metrics ORDER BY day`,
    )
  ).map((row) => [row.day, row.gross, row.returns]);
const SOLD = ["01", 20, 0];
const RETURNED = ["05", 0, 10];
const waiting = () => warehouse.db.pgTx((client) => ordersWithoutLedger(client, SHOP, "0", 10));

describe("an order whose ledger has not been read", () => {
  it("stands in the figures, is marked, and is read again", async () => {
    await warehouse.load([order(MARCH(5), [REFUND])]);
    expect(await days()).toEqual([SOLD, RETURNED]);
    expect(await waiting()).toEqual(["1"]);
  });

  it("gives its rows up for the ledger's", async () => {
    await warehouse.load([order(MARCH(5), [REFUND])]);
    await warehouse.load([read(MARCH(5))]);
    expect(await days()).toEqual([["01", 30, 0]]);
    expect(await warehouse.rows("SELECT 1 FROM core_warehouse.order_sales")).toHaveLength(1);
    expect(await waiting()).toEqual([]);
    await warehouse.load([order(MARCH(5), [REFUND]), order(MARCH(4), [])]);
    expect(await days()).toEqual([["01", 30, 0]]);
  });

  it("takes the place of a ledger that is older, and is marked", async () => {
    await warehouse.load([read(MARCH(2))]);
    await warehouse.load([order(MARCH(5), [REFUND])]);
    expect(await days()).toEqual([SOLD, RETURNED]);
    expect(await waiting()).toEqual(["1"]);
  });

  it("has the refund lines of its details, before and after them, on every way to its facts", async () => {
    const details = { id: "gid://shopify/Order/1", currencyCode: "EUR", refunds: [REFUND] };
    const load = (updatedAt: string) =>
      warehouse.db.pgTx((client) => loadOrderDetails(client, SHOP, [{ ...details, updatedAt }]));
    await warehouse.load([order(MARCH(5), [HEAD])]);
    expect(await days()).toEqual([SOLD]);
    await load(MARCH(5));
    expect(await days()).toEqual([SOLD, RETURNED]);
    await warehouse.load([order(MARCH(6), [HEAD])]);
    await warehouse.db.pgTx((client) => repairOrders(client, SHOP, [order(MARCH(6), [HEAD])]));
    expect(await days()).toEqual([SOLD, RETURNED]);
    const state = await derivedState(warehouse);
    await warehouse.database.admin.query(`TRUNCATE ${DERIVED_TABLES}`);
    await warehouse.db.pgTx((client) => rebuildFacts(client, SHOP));
    expect(await derivedState(warehouse)).toBe(state);
  });

  it("makes neither verify nor the identities cry", async () => {
    await warehouse.load([
      order(MARCH(5), [REFUND], { totalPriceSet: bag("21.00"), currentTotalPriceSet: bag("7.00") }),
    ]);
    await warehouse.db.pgTx(async (client) => {
      const checks = [
        ...(await factsAgainstRaw(client, SHOP)),
        ...(await rollupDifferences(client, SHOP)),
      ];
      expect(checks.filter(({ found }) => found > 0)).toEqual([]);
      const range = { from: "2026-01-01", to: "2026-12-31" };
      expect(await brokenIdentities(client, SHOP, "Europe/Berlin", range)).toEqual({
        orders_off_total_price: [],
        orders_off_current_total: [],
      });
    });
    const [sums] = await warehouse.rows(
      "SELECT sum(unclassified)::float8 AS unclassified FROM reporting.daily_shopify_metrics",
    );
    expect(sums).toEqual({ unclassified: -3 });
  });
});
