import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OrderSpec, orderDocument, transactionDocument } from "../support/order-documents";
import { createTestWarehouse, type TestWarehouse } from "../support/warehouse";

/** The cases of metrics.md, "Cases that must come out exactly (shop money)". */
let warehouse: TestWarehouse;
beforeAll(async () => {
  warehouse = await createTestWarehouse();
});
afterAll(() => warehouse.database.drop());
beforeEach(() => warehouse.clear());

const AT = "2026-03-10T12:00:00Z";
const LATER = "2026-03-12T12:00:00Z";

/** 2 × 50.00, 10% order discount, 8.25% tax on top, shipping 5.00 untaxed. */
const placed = {
  at: AT,
  sales: [
    { total: "97.43", tax: "7.43", discount: "10.00", quantity: 2 },
    { line: "SHIPPING", total: "5.00", quantity: null },
  ],
};
const unitBack = { action: "RETURN", total: "-48.71", tax: "-3.71", quantity: -1 } as const;

const money = (row: Record<string, unknown> | null, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, Number(row?.[name])]));

const totals = async (...names: string[]) => {
  const rows = await warehouse.rows(
    `SELECT ${names.map((name) => `sum(${name})::text AS ${name}`).join(", ")} FROM reporting.daily_shopify_metrics`,
  );
  return money(rows[0] ?? null, ...names);
};

const order = (spec: Partial<OrderSpec>) => orderDocument({ id: 1, ...spec });

describe("the worked cases of metrics.md", () => {
  it("sells with discount, tax on top and shipping", async () => {
    await warehouse.load([order({ agreements: [placed] })]);
    expect(
      money(
        await warehouse.day("2026-03-10"),
        ...["gross_sales", "discounts", "returns", "net_sales", "shipping", "taxes", "total_sales"],
        ...["placed_sales", "orders", "units"],
      ),
    ).toEqual({
      gross_sales: 100,
      discounts: 10,
      returns: 0,
      net_sales: 90,
      shipping: 5,
      taxes: 7.43,
      total_sales: 102.43,
      placed_sales: 90,
      orders: 1,
      units: 2,
    });
  });

  it("refunds a unit less a fee booked as ADJUSTMENT", async () => {
    const refund = {
      type: "RefundAgreement",
      at: LATER,
      sales: [unitBack, { action: "RETURN", line: "ADJUSTMENT", total: "3.00", quantity: null }],
    } as const;
    await warehouse.load([
      order({ agreements: [placed, { ...refund, sales: [...refund.sales] }] }),
    ]);
    expect(await totals("gross_sales", "discounts", "returns", "net_sales", "total_sales")).toEqual(
      { gross_sales: 100, discounts: 10, returns: 42, net_sales: 48, total_sales: 56.72 },
    );
    expect(
      money(
        await warehouse.day("2026-03-12"),
        "gross_sales",
        "returns",
        "units_returned",
        "orders",
      ),
    ).toEqual({ gross_sales: 0, returns: 42, units_returned: 1, orders: 0 });
  });

  it("refunds the same with the fee as a FEE row", async () => {
    const sales = [
      unitBack,
      { action: "RETURN", line: "FEE", total: "3.00", quantity: null },
    ] as const;
    await warehouse.load([
      order({ agreements: [placed, { type: "ReturnAgreement", at: LATER, sales: [...sales] }] }),
    ]);
    expect(await totals("returns", "net_sales", "return_fees", "total_sales")).toEqual({
      returns: 45,
      net_sales: 45,
      return_fees: 3,
      total_sales: 56.72,
    });
  });

  it("books a raised discount on the day of the edit", async () => {
    const sales = [
      { action: "UPDATE", total: "-5.41", tax: "-0.41", discount: "5.00", quantity: 0 } as const,
    ];
    await warehouse.load([
      order({ agreements: [placed, { type: "OrderEditAgreement", at: LATER, sales }] }),
    ]);
    expect(
      money(
        await warehouse.day("2026-03-12"),
        "gross_sales",
        "discounts",
        "net_sales",
        "placed_sales",
      ),
    ).toEqual({ gross_sales: 0, discounts: 5, net_sales: -5, placed_sales: 0 });
  });

  it("takes included tax out of sales", async () => {
    const sales = [{ total: "216.00", tax: "36.00", discount: "20.00", quantity: 2 }];
    await warehouse.load([order({ agreements: [{ sales }] })]);
    expect(
      money(await warehouse.day("2026-03-10"), "gross_sales", "discounts", "net_sales", "taxes"),
    ).toEqual({ gross_sales: 200, discounts: 20, net_sales: 180, taxes: 36 });
  });
});

describe("what each figure takes in", () => {
  it("keeps gift cards, tips and what it does not know out of sales", async () => {
    const sales = [
      { line: "GIFT_CARD", total: "55.00", tax: "5.00" },
      { line: "TIP", total: "4.00" },
      { line: "UNKNOWN", total: "1.50" },
      { line: "DUTY", total: "2.00" },
      { line: "ADDITIONAL_FEE", total: "0.75" },
    ];
    await warehouse.load([order({ agreements: [{ sales }] })]);
    expect(
      money(
        await warehouse.day("2026-03-10"),
        ...["gross_sales", "net_sales", "gift_cards_sold", "tips", "unclassified", "taxes"],
        ...["duties", "additional_fees", "total_sales"],
      ),
    ).toEqual({
      gross_sales: 0,
      net_sales: 0,
      gift_cards_sold: 50,
      tips: 4,
      unclassified: 1.5,
      taxes: 0,
      duties: 2,
      additional_fees: 0.75,
      total_sales: 2.75,
    });
  });

  it("counts successful money alone, less change, with cash rounding, on its own day", async () => {
    const transactions = [
      transactionDocument({ id: 1, kind: "AUTHORIZATION", amount: "100.00" }),
      transactionDocument({ id: 2, kind: "CAPTURE", amount: "100.00", at: LATER }),
      transactionDocument({ id: 3, kind: "SALE", amount: "20.00", rounding: "0.02", at: LATER }),
      transactionDocument({ id: 4, kind: "CHANGE", amount: "5.00", at: LATER }),
      transactionDocument({ id: 5, kind: "SALE", amount: "9.00", status: "FAILURE", at: LATER }),
      transactionDocument({ id: 6, kind: "SALE", amount: "7.00", test: true, at: LATER }),
      transactionDocument({ id: 7, kind: "REFUND", amount: "30.00", at: "2026-03-14T12:00:00Z" }),
    ];
    await warehouse.load([order({ agreements: [placed], transactions })]);
    const names = ["received", "refunded", "net_payments"];
    expect(money(await warehouse.day("2026-03-10"), ...names)).toEqual({
      received: 0,
      refunded: 0,
      net_payments: 0,
    });
    expect(money(await warehouse.day("2026-03-12"), ...names)).toEqual({
      received: 115.02,
      refunded: 0,
      net_payments: 115.02,
    });
    expect(money(await warehouse.day("2026-03-14"), ...names)).toEqual({
      received: 0,
      refunded: 30,
      net_payments: -30,
    });
  });

  it("puts the first sale on the day of processedAt, later ones on their own", async () => {
    const imported = orderDocument({
      id: 2,
      at: "2025-12-24T10:00:00Z",
      agreements: [{ at: AT, sales: [{ total: "10.00" }] }],
    });
    await warehouse.load([imported]);
    expect(money(await warehouse.day("2025-12-24"), "gross_sales", "orders")).toEqual({
      gross_sales: 10,
      orders: 1,
    });
    expect(await warehouse.day("2026-03-10")).toBeNull();
  });

  it("leaves test orders out of every figure, though they reach the facts", async () => {
    await warehouse.load([
      order({
        test: true,
        transactions: [transactionDocument({ id: 1, kind: "SALE", amount: "9" })],
      }),
    ]);
    expect(await warehouse.rows("SELECT 1 FROM core_warehouse.orders")).toHaveLength(1);
    expect(await warehouse.rows("SELECT 1 FROM reporting.daily_shopify_metrics")).toHaveLength(0);
  });
});
