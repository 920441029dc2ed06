import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rebuildFacts } from "~/warehouse/rebuild-facts.server";
import { orderDocument, transactionDocument } from "../support/order-documents";
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

/** Three buyers, a refund, a payment, an edit, a test order: enough for every table. */
function history() {
  const refund = {
    type: "RefundAgreement",
    at: MARCH(9),
    sales: [{ action: "RETURN", total: "-10.00", quantity: -1 }],
  } as const;
  return [
    orderDocument({ id: 1, at: MARCH(2), customer: 7 }),
    orderDocument({
      id: 2,
      at: MARCH(4),
      customer: 7,
      agreements: [
        { sales: [{ total: "30.00", quantity: 3 }] },
        { ...refund, sales: [...refund.sales] },
      ],
      updatedAt: MARCH(9),
      transactions: [transactionDocument({ id: 1, kind: "SALE", amount: "30.00", at: MARCH(4) })],
    }),
    orderDocument({ id: 3, at: MARCH(4), email: " Guest@Example.com " }),
    orderDocument({ id: 4, at: MARCH(6), email: "guest@example.com" }),
    orderDocument({ id: 5, at: MARCH(6), phone: "+49 (30) 123" }),
    orderDocument({ id: 6, at: MARCH(6) }),
    orderDocument({ id: 7, at: MARCH(6), customer: 9, test: true }),
  ];
}

describe("loading orders", () => {
  it("comes to the same state in any order of arrival, doubled and outdated documents included", async () => {
    const final = history();
    const outdated = orderDocument({
      id: 2,
      at: MARCH(4),
      customer: 8,
      agreements: [{ sales: [{ total: "99.00" }, { total: "1.00" }] }],
    });
    await warehouse.load(final);
    const expected = await derivedState(warehouse);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...final, ...final, outdated], { minLength: final.length * 2 + 1 }),
        fc.integer({ min: 1, max: 5 }),
        async (documents, size) => {
          await warehouse.clear();
          for (let start = 0; start < documents.length; start += size) {
            await warehouse.load(documents.slice(start, start + size));
          }
          expect(await derivedState(warehouse)).toBe(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("writes nothing for a document that did not change", async () => {
    await warehouse.load(history());
    const stamp = "SELECT max(xmin::text::bigint) AS newest FROM core_warehouse.orders";
    const before = await warehouse.rows(stamp);
    expect(await warehouse.load(history())).toEqual([]);
    expect(await warehouse.rows(stamp)).toEqual(before);
  });

  it("removes lines, sales and payments that Shopify no longer names, and empties their days", async () => {
    const [, second] = history();
    await warehouse.load(second ? [second] : []);
    expect(await warehouse.day("2026-03-09")).not.toBeNull();
    const slim = orderDocument({
      id: 2,
      at: MARCH(4),
      customer: 7,
      updatedAt: MARCH(10),
      agreements: [{ sales: [{ total: "30.00", quantity: 3 }] }],
    });
    expect(await warehouse.load([slim])).toEqual(["2026-03-04", "2026-03-09"]);
    expect(await warehouse.day("2026-03-09")).toBeNull();
    expect(await warehouse.rows("SELECT 1 FROM core_warehouse.order_sales")).toHaveLength(1);
    expect(await warehouse.rows("SELECT 1 FROM core_warehouse.transactions")).toHaveLength(0);
  });

  it("keeps what a payload does not hold, and never loses a ledger to one of the same age without it", async () => {
    await warehouse.load([orderDocument({ id: 1, at: MARCH(2) })]);
    await warehouse.load([orderDocument({ id: 1, at: MARCH(2), agreements: null })]);
    expect(await warehouse.rows("SELECT ledger_complete FROM core_warehouse.orders")).toEqual([
      { ledger_complete: true },
    ]);
    await warehouse.load([
      orderDocument({ id: 1, at: MARCH(2), updatedAt: MARCH(3), agreements: null }),
    ]);
    expect(await warehouse.rows("SELECT ledger_complete FROM core_warehouse.orders")).toEqual([
      { ledger_complete: false },
    ]);
    expect(await warehouse.rows("SELECT 1 FROM core_warehouse.order_sales")).toHaveLength(1);
  });

  it("stores a NUL and half a surrogate pair as a replacement character, and ids beyond 2^53", async () => {
    const document = orderDocument({
      id: 1,
      extra: { id: "gid://shopify/Order/9007199254740993", name: "a\0b\ud800c😀" },
    });
    await warehouse.load([document]);
    expect(await warehouse.rows("SELECT order_id, name FROM core_warehouse.orders")).toEqual([
      { order_id: "9007199254740993", name: "a\ufffdb\ufffdc😀" },
    ]);
  });
});

describe("customers of a day", () => {
  const people = async (day: string) => {
    const row = await warehouse.day(day);
    return [row?.new_customers, row?.returning_customers, row?.unknown_customers];
  };

  it("knows guests by email, else phone, and counts those without as unknown", async () => {
    await warehouse.load(history());
    expect(await people("2026-03-02")).toEqual([1, 0, 0]);
    expect(await people("2026-03-04")).toEqual([1, 1, 0]);
    expect(await people("2026-03-06")).toEqual([1, 1, 1]);
  });

  it("moves a customer from new to returning when an earlier order arrives later", async () => {
    const [first, second] = history();
    await warehouse.load(second ? [second] : []);
    expect(await people("2026-03-04")).toEqual([1, 0, 0]);
    const days = await warehouse.load(first ? [first] : []);
    expect(days).toContain("2026-03-04");
    expect(await people("2026-03-04")).toEqual([0, 1, 0]);
  });

  it("lets customerOrderIndex decide while the history is cut", async () => {
    await warehouse.database.admin.query("UPDATE app_dashboard.shops SET scopes = 'read_orders'");
    const seventh = { customerJourneySummary: { customerOrderIndex: 7 } };
    await warehouse.load([orderDocument({ id: 1, at: MARCH(2), customer: 7, extra: seventh })]);
    await warehouse.database.admin.query(
      "UPDATE app_dashboard.shops SET scopes = 'read_orders,read_all_orders'",
    );
    expect(await people("2026-03-02")).toEqual([0, 1, 0]);
  });
});

describe("days", () => {
  it.each([
    ["the night the clocks go forward", "2026-03-28T23:30:00Z", "2026-03-29"],
    ["the last minute of a summer day", "2026-03-29T21:59:00Z", "2026-03-29"],
    ["the first minute of the next", "2026-03-29T22:00:00Z", "2026-03-30"],
    ["the hour that comes twice", "2026-10-25T00:30:00Z", "2026-10-25"],
  ])("are the shop's: %s", async (_, at, day) => {
    await warehouse.load([orderDocument({ id: 1, at })]);
    expect(await warehouse.rows("SELECT day::text FROM reporting.daily_shopify_metrics")).toEqual([
      { day },
    ]);
  });

  it("holds the whole hour before a midnight that comes twice", async () => {
    const zone = (name: string) =>
      warehouse.database.admin.query(`UPDATE app_dashboard.shops SET iana_timezone = '${name}'`);
    await zone("America/Havana");
    // Clocks go from 01:00 back to 00:00 on 2026-11-01: 04:30Z and 05:30Z are both 00:30 of that day.
    await warehouse.load([
      orderDocument({ id: 1, at: "2026-11-01T04:30:00Z" }),
      orderDocument({ id: 2, at: "2026-11-01T05:30:00Z" }),
    ]);
    await zone("Europe/Berlin");
    expect(
      await warehouse.rows("SELECT day::text, orders FROM reporting.daily_shopify_metrics"),
    ).toEqual([{ day: "2026-11-01", orders: 2 }]);
  });
});

describe("rebuilding from staging alone", () => {
  it("gives the very facts and rollups that were dropped", async () => {
    await warehouse.load(history());
    const before = await derivedState(warehouse);
    await warehouse.database.admin.query(`TRUNCATE ${DERIVED_TABLES}`);
    expect(await warehouse.db.pgTx((client) => rebuildFacts(client, SHOP))).toBe(7);
    expect(await derivedState(warehouse)).toBe(before);
  });

  it("removes facts that no raw document stands behind", async () => {
    await warehouse.load(history());
    await warehouse.database.admin.query(
      "DELETE FROM staging_ingest.shopify_orders_raw WHERE order_id = 2",
    );
    await warehouse.db.pgTx((client) => rebuildFacts(client, SHOP));
    expect(
      await warehouse.rows("SELECT 1 FROM core_warehouse.order_sales WHERE order_id = 2"),
    ).toEqual([]);
    expect(await warehouse.day("2026-03-09")).toBeNull();
  });
});
