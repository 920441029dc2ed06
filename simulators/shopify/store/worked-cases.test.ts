import { describe, expect, test } from "vitest";
import {
  type DayFigures,
  salesByDay,
  sumOfDays,
  type TruthOrder,
} from "../../../tests/independent/sales-by-day";
import type { OrderBook } from "./orders/book";
import type { OrderDraft } from "./orders/draft";
import { editOrder } from "./orders/edits";
import { addTransaction, balance } from "./orders/payments";
import { refundOrder, returnOrder } from "./orders/refunds";
import { simShop, storeFromOrders } from "./store-from-orders";
import { goods } from "./testing";

const PLACED = Date.UTC(2026, 2, 1, 12);
const DAY = 86_400_000;
const SALES_TAX = [{ title: "Sales tax", ppm: 82_500 }];

/** 2 × 50.00, 10 % off the order, 8.25 % on top, shipping 5.00 untaxed, paid. */
function twoAtFifty(book: OrderBook): OrderDraft {
  const draft = book.place({
    createdAt: PLACED,
    lines: [goods({ unitPrice: 5000, quantity: 2, taxRates: SALES_TAX })],
    shipping: [{ title: "Standard", code: "standard", price: 500, taxRates: [] }],
    discounts: [
      {
        kind: "code",
        label: "TEN",
        value: { percent: 10 },
        target: "lines",
        method: "ACROSS",
        all: true,
      },
    ],
  });
  addTransaction(draft, {
    at: PLACED,
    kind: "SALE",
    settles: balance(draft.record),
    gateway: "manual",
  });
  return draft;
}

function firstLine(draft: OrderDraft): number {
  return draft.record.lines[0]?.id ?? 0;
}

function figuresOf(make: (book: OrderBook) => void) {
  const store = storeFromOrders(simShop({ domain: "cases.myshopify.com" }), make);
  const nodes = store.heads.map((head) => store.node(head.id) as unknown as TruthOrder);
  const days = salesByDay(nodes, "Etc/UTC");
  return { days, total: sumOfDays(days.values()), node: store.node(store.heads[0]?.id ?? 0) };
}

function amounts(figures: DayFigures | undefined) {
  const fixed = (name: "gross_sales" | "discounts" | "returns" | "net_sales") =>
    figures?.[name].toFixed(2);
  return [fixed("gross_sales"), fixed("discounts"), fixed("returns"), fixed("net_sales")];
}

describe("the worked cases of metrics.md", () => {
  test("an order with a discount, tax on top and shipping", () => {
    const { total, node } = figuresOf(twoAtFifty);
    expect(amounts(total)).toEqual(["100.00", "10.00", "0.00", "90.00"]);
    expect(total.taxes.toFixed(2)).toBe("7.43");
    expect(total.total_sales.toFixed(2)).toBe("102.43");
    expect(total.received.toFixed(2)).toBe("102.43");
    expect(node).toMatchObject({ totalPriceSet: { shopMoney: { amount: "102.43" } } });
  });

  test("one unit refunded less a restocking fee booked as ADJUSTMENT", () => {
    const { total, days, node } = figuresOf((book) => {
      const draft = twoAtFifty(book);
      const lines = [{ lineId: firstLine(draft), quantity: 1 }];
      refundOrder(draft, { at: PLACED + DAY, lines, withhold: 300, reason: "RESTOCK" });
    });
    expect(amounts(total)).toEqual(["100.00", "10.00", "42.00", "48.00"]);
    expect(total.total_sales.toFixed(2)).toBe("56.72");
    expect(total.refunded.toFixed(2)).toBe("45.71");
    expect(days.get("2026-03-02")?.returns.toFixed(2)).toBe("42.00");
    expect(total.units_returned).toBe(1);
    expect(node).toMatchObject({
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      totalOutstandingSet: { shopMoney: { amount: "0.0" } },
      refundDiscrepancySet: { shopMoney: { amount: "3.0" } },
    });
  });

  test("the same with the fee as a FEE row, then a larger discount on the unit that is left", () => {
    const { total, days, node } = figuresOf((book) => {
      const draft = twoAtFifty(book);
      const lines = [{ lineId: firstLine(draft), quantity: 1 }];
      returnOrder(draft, {
        at: PLACED + DAY,
        lines,
        fees: [{ kind: "RestockingFee", amount: 300 }],
      });
      editOrder(draft, PLACED + 2 * DAY, [
        { kind: "discount", lineId: firstLine(draft), amount: 500, label: "Goodwill" },
      ]);
    });
    const returned = sumOfDays([...days.values()].slice(0, 2));
    expect(amounts(returned)).toEqual(["100.00", "10.00", "45.00", "45.00"]);
    expect(returned.return_fees.toFixed(2)).toBe("3.00");
    expect(returned.total_sales.toFixed(2)).toBe("56.72");
    expect(returned.refunded.toFixed(2)).toBe("45.71");
    const edit = days.get("2026-03-03");
    expect(amounts(edit)).toEqual(["0.00", "5.00", "0.00", "-5.00"]);
    expect(edit?.taxes.toFixed(2)).toBe("-0.41");
    expect(total.total_sales.toFixed(2)).toBe("51.31");
    // Without ADJUSTMENT rows the ledger's sum is what the order states as its current total.
    expect(node).toMatchObject({ currentTotalPriceSet: { shopMoney: { amount: "51.31" } } });
  });

  test("prices that include their tax", () => {
    const { total } = figuresOf((book) => {
      book.place({
        createdAt: PLACED,
        taxesIncluded: true,
        lines: [
          goods({ unitPrice: 12_000, quantity: 2, taxRates: [{ title: "VAT", ppm: 200_000 }] }),
        ],
        discounts: [
          {
            kind: "code",
            label: "TEN",
            value: { percent: 10 },
            target: "lines",
            method: "ACROSS",
            all: true,
          },
        ],
      });
    });
    expect(amounts(total)).toEqual(["200.00", "20.00", "0.00", "180.00"]);
    expect(total.taxes.toFixed(2)).toBe("36.00");
    expect(total.placed_sales.toFixed(2)).toBe("180.00");
  });
});

describe("the independent calculator", () => {
  test("an imported order counts on the day it was processed, in the shop's zone", () => {
    const store = storeFromOrders(simShop({ domain: "cases.myshopify.com" }), (book) => {
      const processedAt = Date.UTC(2026, 2, 1, 3);
      book.place({ createdAt: PLACED + 9 * DAY, processedAt, lines: [goods({ unitPrice: 100 })] });
    });
    const nodes = store.heads.map((head) => store.node(head.id) as unknown as TruthOrder);
    expect([...salesByDay(nodes, "America/New_York").keys()]).toEqual(["2026-02-28"]);
  });

  test("test orders never count; guests are one person whatever the case of their email", () => {
    const { days } = figuresOf((book) => {
      const lines = [goods({ unitPrice: 100 })];
      book.place({ createdAt: PLACED, lines, email: "a@example.com" });
      book.place({ createdAt: PLACED, lines, email: " A@Example.com", test: true });
      book.place({ createdAt: PLACED, lines, phone: "+1 212" });
      book.place({ createdAt: PLACED, lines });
      book.place({ createdAt: PLACED + DAY, lines, email: " A@Example.com" });
    });
    const people = ({
      orders,
      new_customers,
      returning_customers,
      unknown_customers,
    }: DayFigures) => ({
      orders,
      people: [new_customers, returning_customers, unknown_customers],
    });
    expect([...days.values()].map(people)).toEqual([
      { orders: 3, people: [2, 0, 1] },
      { orders: 1, people: [0, 1, 0] },
    ]);
  });

  test("change given back and coins' rounding are part of what was received", () => {
    const { total } = figuresOf((book) => {
      const draft = book.place({ createdAt: PLACED, lines: [goods({ unitPrice: 1753 })] });
      const cash = { at: PLACED, gateway: "cash" } as const;
      addTransaction(draft, { ...cash, kind: "SALE", settles: 1998, rounding: 2 });
      addTransaction(draft, { ...cash, kind: "CHANGE", settles: 245 });
    });
    expect(total.received.toFixed(2)).toBe("17.55");
  });
});
