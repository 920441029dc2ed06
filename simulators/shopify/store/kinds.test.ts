import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { generateStore } from "./generate";

const ZONE = "America/New_York";

interface Node {
  name: string;
  createdAt: string;
  processedAt: string;
  test: boolean;
  cancelledAt: string | null;
  sourceName: string;
  email: string | null;
  phone: string | null;
  customer: { id: string } | null;
  displayFinancialStatus: string | null;
  displayFulfillmentStatus: string;
  returnStatus: string;
  currencyCode: string;
  presentmentCurrencyCode: string;
  lineItems: { isGiftCard: boolean; taxLines: unknown[]; discountAllocations: unknown[] }[];
  shippingLines: { taxLines: unknown[] }[];
  discountApplications: { __typename: string; targetType: string; value: { __typename: string } }[];
  transactions: {
    kind: string;
    status: string;
    gateway: string;
    amountRoundingSet: unknown;
    amountSet: Money;
  }[];
  refunds: {
    createdAt: string;
    refundLineItems: { restockType: string }[];
    refundShippingLines: unknown[];
    orderAdjustments: { reason: string; amountSet: { shopMoney: { amount: string } } }[];
    transactions: unknown[];
  }[];
  agreements: {
    __typename: string;
    happenedAt: string;
    sales: { __typename: string; actionType: string; lineType: string }[];
  }[];
  customerJourneySummary: { ready: boolean; lastVisit: { utmParameters: unknown } | null } | null;
}
interface Money {
  shopMoney: { amount: string };
  presentmentMoney: { amount: string };
}

const rows = (node: Node) => node.agreements.flatMap((agreement) => agreement.sales);
const has = (node: Node, typename: string, action?: string) =>
  rows(node).some(
    (sale) => sale.__typename === typename && (!action || sale.actionType === action),
  );
const editHas = (node: Node, action: string) =>
  node.agreements.some(
    (agreement) =>
      agreement.__typename === "OrderEditAgreement" &&
      agreement.sales.some((sale) => sale.actionType === action),
  );
const local = (instant: string) => DateTime.fromISO(instant, { zone: ZONE });
const moved = (node: Node, kind: string) =>
  node.transactions.some((t) => t.kind === kind && t.status === "SUCCESS");
const rate = (money: Money) =>
  Number(money.presentmentMoney.amount) / Number(money.shopMoney.amount);

const KINDS: Record<string, (node: Node) => boolean> = {
  "guest by email": (n) => !n.customer && n.email !== null,
  "guest email in another case": (n) => !n.customer && /[A-Z]/.test(n.email ?? ""),
  "guest by phone": (n) => !n.customer && n.phone !== null,
  "anonymous at the till": (n) => n.sourceName === "pos" && !n.customer && !n.email && !n.phone,
  "customer at the till": (n) => n.sourceName === "pos" && n.customer !== null,
  "minutes before midnight": (n) =>
    local(n.createdAt).hour === 23 && local(n.createdAt).minute >= 55,
  "minutes after midnight": (n) => local(n.createdAt).hour === 0 && local(n.createdAt).minute < 5,
  "on a day that loses or gains an hour": (n) => {
    const day = local(n.createdAt).startOf("day");
    return day.offset !== day.plus({ days: 1 }).offset;
  },
  "code discount by percentage": (n) =>
    n.discountApplications.some(
      (d) =>
        d.__typename === "DiscountCodeApplication" &&
        d.value.__typename === "PricingPercentageValue",
    ),
  "code discount by amount": (n) =>
    n.discountApplications.some(
      (d) => d.__typename === "DiscountCodeApplication" && d.value.__typename === "MoneyV2",
    ),
  "automatic discount": (n) =>
    n.discountApplications.some((d) => d.__typename === "AutomaticDiscountApplication"),
  "discounts on top of each other": (n) => n.discountApplications.length > 1,
  "shipping discount": (n) => n.discountApplications.some((d) => d.targetType === "SHIPPING_LINE"),
  "two taxes on a line": (n) => n.lineItems.some((line) => line.taxLines.length === 2),
  untaxed: (n) => n.lineItems.every((line) => line.taxLines.length === 0),
  "taxed shipping": (n) => n.shippingLines.some((line) => line.taxLines.length > 0),
  "untaxed shipping of taxed goods": (n) =>
    n.shippingLines.some((line) => line.taxLines.length === 0) &&
    n.lineItems.some((line) => line.taxLines.length > 0),
  tip: (n) => has(n, "TipSale"),
  "gift card sold": (n) => has(n, "GiftCardSale", "ORDER"),
  duty: (n) => has(n, "DutySale"),
  "partial refund": (n) => n.displayFinancialStatus === "PARTIALLY_REFUNDED",
  "full refund": (n) => n.displayFinancialStatus === "REFUNDED" && !n.cancelledAt,
  "refund with restock": (n) =>
    n.refunds.some((r) => r.refundLineItems.some((l) => l.restockType === "RETURN")),
  "refund without restock": (n) =>
    n.refunds.some((r) => r.refundLineItems.some((l) => l.restockType === "NO_RESTOCK")),
  "refund of shipping": (n) => n.refunds.some((r) => r.refundShippingLines.length > 0),
  "refund on a later day": (n) =>
    n.refunds.some((r) => local(r.createdAt).toISODate() !== local(n.createdAt).toISODate()),
  "restocking fee as adjustment": (n) =>
    n.refunds.some((r) => r.orderAdjustments.some((a) => a.reason === "RESTOCK")),
  "fee row of a return": (n) => has(n, "FeeSale"),
  return: (n) => n.returnStatus === "RETURNED",
  "refund without transaction": (n) =>
    !n.cancelledAt &&
    n.refunds.some((r) => r.refundLineItems.length > 0 && r.transactions.length === 0),
  "refund of an amount alone": (n) =>
    n.refunds.some(
      (r) =>
        r.refundLineItems.length === 0 &&
        r.orderAdjustments.some((a) => Number(a.amountSet.shopMoney.amount) < 0),
    ),
  "edit that removes": (n) => editHas(n, "RETURN"),
  "edit that adds a line": (n) => editHas(n, "ORDER"),
  "edit that changes a discount": (n) => editHas(n, "UPDATE"),
  "cancelled and voided": (n) =>
    n.cancelledAt !== null && n.transactions.some((t) => t.kind === "VOID"),
  "cancelled and paid back": (n) => n.cancelledAt !== null && moved(n, "REFUND"),
  "cancelled, never paid": (n) => n.cancelledAt !== null && n.transactions.length === 0,
  "payment pending": (n) => n.displayFinancialStatus === "PENDING",
  "unpaid, status null": (n) => n.displayFinancialStatus === null,
  authorised: (n) => n.displayFinancialStatus === "AUTHORIZED",
  "partly paid": (n) => n.displayFinancialStatus === "PARTIALLY_PAID",
  "authorised, then captured": (n) => moved(n, "AUTHORIZATION") && moved(n, "CAPTURE"),
  "declined, then paid": (n) =>
    n.transactions.some((t) => t.status === "FAILURE") && moved(n, "SALE"),
  "cash with change": (n) => moved(n, "CHANGE"),
  "cash rounding": (n) => n.transactions.some((t) => t.amountRoundingSet !== null),
  "test order": (n) => n.test,
  imported: (n) => n.processedAt < n.createdAt,
  "foreign currency": (n) => n.presentmentCurrencyCode !== n.currencyCode,
  "zero-decimal foreign currency": (n) => n.presentmentCurrencyCode === "JPY",
  "refunded at another rate than paid": (n) => {
    const rates = n.transactions
      .filter((t) => t.status === "SUCCESS")
      .map((t) => rate(t.amountSet));
    return (
      n.presentmentCurrencyCode !== n.currencyCode &&
      moved(n, "REFUND") &&
      Math.abs((rates[0] ?? 0) - (rates[1] ?? 0)) > 0.001
    );
  },
  "journey with UTM": (n) => n.customerJourneySummary?.lastVisit?.utmParameters != null,
  "journey not ready": (n) => n.customerJourneySummary?.ready === false,
  "journey unknown": (n) => n.customerJourneySummary === null,
  sent: (n) => n.displayFulfillmentStatus === "FULFILLED",
  "not sent": (n) => n.displayFulfillmentStatus === "UNFULFILLED",
};

const started = performance.now();
const store = generateStore({
  seed: 1,
  orders: 20_000,
  days: 730,
  now: new Date("2026-11-20T17:00:00Z"),
  domain: "demo.myshopify.com",
  plan: "plus",
  currency: "USD",
  ianaTimezone: ZONE,
});
const seconds = (performance.now() - started) / 1000;

describe("the default store", () => {
  const counts = new Map<string, number>();
  for (const head of store.heads) {
    const node = store.node(head.id) as unknown as Node;
    for (const [kind, holds] of Object.entries(KINDS)) {
      if (holds(node)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }

  test.each(Object.keys(KINDS))("holds %s", (kind) => {
    expect(counts.get(kind) ?? 0).toBeGreaterThanOrEqual(3);
  });

  test("is made in seconds, in order of creation, with ids and names of its own", () => {
    expect(store.heads).toHaveLength(20_000);
    expect(seconds).toBeLessThan(10);
    expect(new Set(store.heads.map((head) => head.id)).size).toBe(20_000);
    const created = store.heads.map((head) => head.createdAt);
    expect([...created].sort((a, b) => a - b)).toEqual(created);
  });

  test("has a long tail: most customers buy once, a few often", () => {
    const orders = store.customers.map((customer) => Number(customer.numberOfOrders));
    const once = orders.filter((count) => count === 1).length;
    expect(once / orders.length).toBeGreaterThan(0.4);
    expect(Math.max(...orders)).toBeGreaterThan(15);
  });
});
