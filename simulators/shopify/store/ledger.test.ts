import Big from "big.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generateStore } from "./generate";
import type { OrderNode } from "./types";

const NOW = new Date("2026-11-20T12:00:00Z");

interface Bag {
  shopMoney: { amount: string };
}
interface Sale {
  actionType: string;
  lineType: string;
  quantity: number | null;
  totalAmount: Bag;
  totalTaxAmount: Bag;
  lineItem?: { id: string };
}
interface Node {
  agreements: { __typename: string; happenedAt: string; sales: Sale[] }[];
  lineItems: { id: string; quantity: number; currentQuantity: number }[];
  transactions: {
    kind: string;
    status: string;
    createdAt: string;
    amountSet: Bag;
    amountRoundingSet: Bag | null;
  }[];
  refunds: { createdAt: string; totalRefundedSet: Bag }[];
  totalPriceSet: Bag;
  originalTotalPriceSet: Bag;
  currentTotalPriceSet: Bag;
  currentTotalTaxSet: Bag;
  totalReceivedSet: Bag;
  totalRefundedSet: Bag;
  netPaymentSet: Bag;
  refundDiscrepancySet: Bag;
  totalOutstandingSet: Bag;
  totalCapturableSet: Bag;
  totalCashRoundingAdjustment: { paymentSet: Bag };
  presentmentCurrencyCode: string;
  currencyCode: string;
  cancelledAt: string | null;
  createdAt: string;
  updatedAt: string;
}

const of = (bag: Bag) => new Big(bag.shopMoney.amount);
const sum = (bags: Bag[]) => bags.reduce((total, bag) => total.plus(of(bag)), new Big(0));

function storeNodes(seed: number, currency: string): { nodes: Node[]; raw: (OrderNode | null)[] } {
  const store = generateStore({
    seed,
    orders: 150,
    days: 120,
    now: NOW,
    domain: "p.myshopify.com",
    plan: "plus",
    currency,
    ianaTimezone: "America/New_York",
  });
  const raw = store.heads.map((head) => store.node(head.id));
  return { nodes: raw as unknown as Node[], raw };
}

function eachOrder(check: (node: Node) => void): void {
  const currency = fc.constantFrom("USD", "EUR", "JPY");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), currency, (seed, code) => {
      for (const node of storeNodes(seed, code).nodes) check(node);
    }),
    { numRuns: 15 },
  );
}

test("the first agreement is the price as ordered, and of an unedited order its total", () => {
  eachOrder((node) => {
    const first = node.agreements.filter((agreement) => agreement.__typename === "OrderAgreement");
    expect(first).toHaveLength(1);
    const placed = sum(
      first.flatMap((agreement) => agreement.sales.map((sale) => sale.totalAmount)),
    );
    expect(placed.eq(of(node.originalTotalPriceSet))).toBe(true);
    const edited = node.agreements.some(
      (agreement) => agreement.__typename === "OrderEditAgreement",
    );
    if (!edited) expect(placed.eq(of(node.totalPriceSet))).toBe(true);
  });
});

test("without adjustments the ledger adds up to the current total, and its taxes to the current tax", () => {
  eachOrder((node) => {
    const sales = node.agreements.flatMap((agreement) => agreement.sales);
    const adjustments = sales.filter((sale) => sale.lineType === "ADJUSTMENT");
    const ledger = sum(sales.map((sale) => sale.totalAmount));
    const adjusted = sum(adjustments.map((sale) => sale.totalAmount));
    expect(ledger.minus(adjusted).eq(of(node.currentTotalPriceSet))).toBe(true);
    expect(adjusted.eq(of(node.refundDiscrepancySet))).toBe(true);
    const taxes = sum(sales.map((sale) => sale.totalTaxAmount));
    expect(taxes.eq(of(node.currentTotalTaxSet))).toBe(true);
  });
});

test("a line's units are those sold less those taken back, and nothing is left of a line returned whole", () => {
  eachOrder((node) => {
    const sales = node.agreements.flatMap((agreement) => agreement.sales);
    for (const line of node.lineItems) {
      const rows = sales.filter((sale) => sale.lineItem?.id === line.id);
      const units = rows.reduce((total, sale) => total + (sale.quantity ?? 0), 0);
      expect(units).toBe(line.currentQuantity);
      expect(line.currentQuantity).toBeGreaterThanOrEqual(0);
      if (units === 0) expect(sum(rows.map((sale) => sale.totalAmount)).eq(0)).toBe(true);
      for (const sale of rows) {
        if (sale.actionType === "RETURN") expect(of(sale.totalAmount).lte(0)).toBe(true);
      }
    }
  });
});

test("payments are the successful transactions, and what is open is what neither they nor reservations cover", () => {
  eachOrder((node) => {
    const moved = (kinds: string[]) =>
      node.transactions
        .filter((t) => t.status === "SUCCESS" && kinds.includes(t.kind))
        .reduce(
          (total, t) =>
            total.plus(of(t.amountSet)).plus(t.amountRoundingSet ? of(t.amountRoundingSet) : 0),
          new Big(0),
        );
    const received = moved(["SALE", "CAPTURE"]).minus(moved(["CHANGE"]));
    expect(received.eq(of(node.totalReceivedSet))).toBe(true);
    expect(moved(["REFUND"]).eq(of(node.totalRefundedSet))).toBe(true);
    expect(of(node.netPaymentSet).eq(received.minus(moved(["REFUND"])))).toBe(true);
    expect(
      sum(node.refunds.map((refund) => refund.totalRefundedSet)).eq(of(node.totalRefundedSet)),
    ).toBe(true);
    if (node.presentmentCurrencyCode !== node.currencyCode) return;
    const ledger = sum(node.agreements.flatMap((a) => a.sales.map((sale) => sale.totalAmount)));
    const settled = of(node.netPaymentSet).minus(of(node.totalCashRoundingAdjustment.paymentSet));
    const open = ledger.minus(settled).minus(of(node.totalCapturableSet));
    expect(open.eq(of(node.totalOutstandingSet))).toBe(true);
  });
});

test("nothing happens after now, nor later than the order's updatedAt", () => {
  eachOrder((node) => {
    const instants = [
      node.createdAt,
      node.cancelledAt ?? node.createdAt,
      ...node.agreements.map((agreement) => agreement.happenedAt),
      ...node.transactions.map((transaction) => transaction.createdAt),
      ...node.refunds.map((refund) => refund.createdAt),
    ];
    for (const instant of instants) expect(instant <= node.updatedAt).toBe(true);
    expect(new Date(node.updatedAt).getTime()).toBeLessThanOrEqual(NOW.getTime());
  });
});

test("a seed gives the same store each time, another seed another", () => {
  const [first, again, other] = [1, 1, 2].map((seed) =>
    JSON.stringify(storeNodes(seed, "USD").raw),
  );
  expect(again === first).toBe(true);
  expect(other === first).toBe(false);
});
