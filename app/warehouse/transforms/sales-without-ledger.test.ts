import { describe, expect, it } from "vitest";
import { figuresByDay, withMadeLedger } from "../../../tests/support/without-ledger";
import { transformOrder } from "./transform-order";
import { saleIdOf } from "./without-ledger/sale-ids";

const bag = (amount: string) => ({ shopMoney: { amount, currencyCode: "EUR" } });
const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;
const AT = "2026-03-10T12:00:00Z";
const LATER = "2026-03-12T12:00:00Z";
const tax = (rate: string, amount: string) => ({ title: "Tax", rate, priceSet: bag(amount) });

/** 2 × 50.00, 10% order discount, 8.25% tax on top, shipping 5.00 untaxed. */
const LINE = {
  id: gid("LineItem", 11),
  title: "Goods",
  quantity: 2,
  currentQuantity: 2,
  originalUnitPriceSet: bag("50.00"),
  discountAllocations: [{ allocatedAmountSet: bag("10.00") }],
  taxLines: [tax("0.0825", "7.43")],
  duties: [],
};
const ORDER = {
  id: gid("Order", 1),
  processedAt: AT,
  createdAt: AT,
  currencyCode: "EUR",
  taxesIncluded: false,
  totalPriceSet: bag("102.43"),
  currentTotalPriceSet: bag("102.43"),
  totalTaxSet: bag("7.43"),
  currentTotalTaxSet: bag("7.43"),
  totalDiscountsSet: bag("10.00"),
  subtotalPriceSet: bag("90.00"),
  lineItems: [LINE],
  shippingLines: [
    {
      id: gid("ShippingLine", 21),
      originalPriceSet: bag("5.00"),
      discountAllocations: [],
      taxLines: [],
    },
  ],
  additionalFees: [],
  refunds: [] as object[],
};
const REFUND = {
  id: gid("Refund", 31),
  createdAt: LATER,
  duties: [],
  refundShippingLines: [],
  orderAdjustments: [] as object[],
  refundLineItems: [
    {
      id: gid("RefundLineItem", 32),
      lineItem: { id: LINE.id },
      quantity: 1,
      subtotalSet: bag("45.00"),
      totalTaxSet: bag("3.71"),
    },
  ],
};
/** After a unit came back. */
const REFUNDED = {
  ...ORDER,
  lineItems: [{ ...LINE, currentQuantity: 1 }],
  currentTotalPriceSet: bag("53.72"),
  currentTotalTaxSet: bag("3.72"),
  refunds: [REFUND],
};

const sale = (action: string, line: string, total: string, more: object = {}) => ({
  actionType: action,
  lineType: line,
  quantity: null,
  totalAmount: bag(total),
  totalTaxAmount: bag("0"),
  totalDiscountAmountBeforeTaxes: bag("0"),
  ...more,
});
const PLACED = {
  __typename: "OrderAgreement",
  happenedAt: AT,
  sales: [
    sale("ORDER", "PRODUCT", "97.43", {
      quantity: 2,
      totalTaxAmount: bag("7.43"),
      totalDiscountAmountBeforeTaxes: bag("10.00"),
    }),
    sale("ORDER", "SHIPPING", "5.00"),
  ],
};
const UNIT_BACK = sale("RETURN", "PRODUCT", "-48.71", {
  quantity: -1,
  totalTaxAmount: bag("-3.71"),
});
const back = (...more: object[]) => ({
  __typename: "RefundAgreement",
  happenedAt: LATER,
  sales: [UNIT_BACK, ...more],
});

/** The worked cases of metrics.md, as a document without a ledger and as the ledger itself. */
const CASES: [string, object, object[]][] = [
  ["discount, tax on top, shipping", ORDER, [PLACED]],
  [
    "a unit refunded less a fee booked as ADJUSTMENT",
    {
      ...REFUNDED,
      refunds: [
        {
          ...REFUND,
          orderAdjustments: [
            { id: gid("OrderAdjustment", 33), reason: "RESTOCK", amountSet: bag("3.00") },
          ],
        },
      ],
    },
    [PLACED, back(sale("RETURN", "ADJUSTMENT", "3.00"))],
  ],
  [
    "a unit refunded less a fee of Shopify's Returns",
    {
      ...REFUNDED,
      currentTotalPriceSet: bag("56.72"),
      returns: [
        {
          id: gid("Return", 41),
          createdAt: AT,
          refunds: [{ id: REFUND.id }],
          returnShippingFees: [],
          returnLineItems: [
            {
              id: gid("ReturnLineItem", 42),
              restockingFee: { id: gid("RestockingFee", 43), amountSet: bag("3.00") },
            },
          ],
        },
      ],
    },
    [PLACED, back(sale("ORDER", "FEE", "3.00"))],
  ],
  [
    "tax in the price",
    {
      ...ORDER,
      taxesIncluded: true,
      shippingLines: [],
      totalPriceSet: bag("216.00"),
      currentTotalPriceSet: bag("216.00"),
      totalTaxSet: bag("36.00"),
      currentTotalTaxSet: bag("36.00"),
      lineItems: [
        {
          ...LINE,
          originalUnitPriceSet: bag("120.00"),
          discountAllocations: [{ allocatedAmountSet: bag("24.00") }],
          taxLines: [tax("0.2", "36.00")],
        },
      ],
    },
    [
      {
        ...PLACED,
        sales: [
          sale("ORDER", "PRODUCT", "216.00", {
            quantity: 2,
            totalTaxAmount: bag("36.00"),
            totalDiscountAmountBeforeTaxes: bag("20.00"),
          }),
        ],
      },
    ],
  ],
];

const figures = (order: object) => figuresByDay(withMadeLedger({ ...order }), "Europe/Berlin");
const salesOf = (order: object) => transformOrder({ ...order }).sales;
const rowsOf = (order: object) =>
  salesOf(order)?.map((row) => [
    row.action_type,
    row.line_type,
    row.quantity,
    row.total_amount,
    row.total_tax_amount,
    row.occurred_at,
  ]);

describe("the worked cases of metrics.md without a ledger", () => {
  it.each(CASES)("%s", (_, order, agreements) => {
    expect(figures(order)).toEqual(figuresByDay({ ...order, agreements }, "Europe/Berlin"));
  });

  it("a further discount: its sums, on the order's day, since no payload tells the edit's", () => {
    const order = {
      ...REFUNDED,
      edited: true,
      totalPriceSet: bag("97.02"),
      currentTotalPriceSet: bag("48.31"),
      totalTaxSet: bag("7.02"),
      currentTotalTaxSet: bag("3.31"),
      totalDiscountsSet: bag("15.00"),
      subtotalPriceSet: bag("85.00"),
      lineItems: [
        {
          ...LINE,
          currentQuantity: 1,
          discountAllocations: [10, 5].map((part) => ({ allocatedAmountSet: bag(`${part}.00`) })),
          taxLines: [tax("0.0825", "7.02")],
        },
      ],
    };
    expect(figures(order)["2026-03-10"]).toMatchObject({
      gross_sales: "100",
      discounts: "15",
      net_sales: "85",
      taxes: "7.02",
      unclassified: "0",
    });
    expect(figures(order)["2026-03-12"]).toMatchObject({ returns: "45", taxes: "-3.71" });
  });
});

describe("what a payload does not say", () => {
  it.each([
    ["lines", { lineItems: undefined }],
    ["a line's price", { lineItems: [{ ...LINE, originalUnitPriceSet: null }] }],
    ["a day", { processedAt: null, createdAt: null }],
    ["whether prices include taxes, nor a total", { taxesIncluded: null, totalPriceSet: null }],
  ])("makes no sales without %s", (_, missing) => {
    expect(salesOf({ ...ORDER, ...missing })).toBeNull();
  });

  it("tells from the total whether prices include taxes", () => {
    expect(figures({ ...ORDER, taxesIncluded: null })).toEqual(figures(ORDER));
  });

  it("makes no sales where taxes inside prices may be the goods' or the shipping's", () => {
    const lineItems = [{ ...LINE, taxLines: null }];
    const shippingLines = [{ ...ORDER.shippingLines[0], taxLines: null }];
    const order = { ...ORDER, lineItems, shippingLines, totalPriceSet: null };
    expect(salesOf({ ...order, taxesIncluded: true })).toBeNull();
    expect(salesOf({ ...order, taxesIncluded: false })).not.toBeNull();
  });

  it("deals the order's discount and taxes over its lines, the odd cents from the first on", () => {
    const line = (id: number) => ({
      id: gid("LineItem", id),
      quantity: 1,
      originalUnitPriceSet: bag("10.00"),
    });
    const order = {
      ...ORDER,
      shippingLines: [],
      lineItems: [line(1), line(2), line(3)],
      totalDiscountsSet: bag("10.00"),
      subtotalPriceSet: bag("20.00"),
      totalTaxSet: bag("1.01"),
      currentTotalTaxSet: bag("1.01"),
      totalPriceSet: bag("21.01"),
      currentTotalPriceSet: bag("21.01"),
    };
    const rows = salesOf(order)?.map((row) => [
      row.total_amount,
      row.total_tax_amount,
      row.total_discount_before_taxes,
    ]);
    expect(rows).toEqual([
      ["7", "0.34", "3.34"],
      ["7.01", "0.34", "3.33"],
      ["7", "0.33", "3.33"],
    ]);
  });

  it("books what lines do not explain as UNKNOWN, and as a tip what is the very tip", () => {
    const more = { totalPriceSet: bag("104.43"), currentTotalPriceSet: bag("104.43") };
    expect(rowsOf({ ...ORDER, ...more })?.at(-1)).toEqual(["ORDER", "UNKNOWN", null, "2", "0", AT]);
    const tipped = { ...ORDER, ...more, totalTipReceivedSet: bag("2.00") };
    expect(rowsOf(tipped)?.at(-1)).toEqual(["ORDER", "TIP", null, "2", "0", AT]);
  });

  it("takes a cancelled order back on the day of its cancellation, where no refund does", () => {
    const cancelled = {
      ...ORDER,
      cancelledAt: LATER,
      currentTotalPriceSet: bag("0.00"),
      currentTotalTaxSet: bag("0.00"),
      currentShippingPriceSet: bag("0.00"),
      lineItems: [{ ...LINE, currentQuantity: 0 }],
    };
    const backRows = [
      ["RETURN", "PRODUCT", -2, "-97.43", "-7.43", LATER],
      ["RETURN", "SHIPPING", null, "-5", "0", LATER],
    ];
    expect(rowsOf(cancelled)?.slice(2)).toEqual(backRows);
    const old = {
      ...cancelled,
      currentTotalPriceSet: null,
      currentTotalTaxSet: null,
      currentShippingPriceSet: null,
      lineItems: [{ ...LINE, currentQuantity: null }],
    };
    expect(rowsOf(old)?.slice(2)).toEqual(backRows);
  });

  it("takes units that no refund names back on the day of the only refund", () => {
    const { refundLineItems: _lines, ...head } = REFUND;
    const order = { ...REFUNDED, refunds: [head] };
    expect(rowsOf(order)?.slice(2)).toEqual([["RETURN", "PRODUCT", -1, "-48.71", "-3.71", LATER]]);
  });
});

describe("a sale's id", () => {
  it("is negative, its own for each thing and kind, and within a bigint for any id", () => {
    const ids = ["1", "2", "9007199254740993", "9223372036854775806"].flatMap((id) =>
      (["LINE", "LINE_GONE", "REST_CURRENT"] as const).flatMap((kind) =>
        [0, 1, 255].map((position) => BigInt(saleIdOf({ kind, id, position }))),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id < 0n && id >= -(2n ** 63n))).toBe(true);
  });
});
