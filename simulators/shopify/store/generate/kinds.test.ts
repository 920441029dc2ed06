import { describe, expect, test } from "vitest";
import type { PlainNode, SimStore } from "../types";
import { generateStore } from "./index";

const store = (currency: string, ianaTimezone: string, orders: number, unknownRows = false) =>
  generateStore({
    seed: 1,
    orders,
    days: 400,
    now: new Date("2026-11-20T17:00:00Z"),
    domain: "kinds.myshopify.com",
    plan: "plus",
    currency,
    ianaTimezone,
    unknownRows,
  });

interface Order {
  sourceName: string;
  taxesIncluded: boolean;
  presentmentCurrencyCode: string;
  currencyCode: string;
  returnStatus: string;
  additionalFees: unknown[];
  originalTotalAdditionalFeesSet: unknown;
  customAttributes: unknown[];
  metafields: unknown[];
  risk: { recommendation: string };
  retailLocation: unknown;
  lineItems: { isGiftCard: boolean; duties: unknown[] }[];
  transactions: { gateway: string }[];
  returns: { status: string; returnLineItems: unknown[] }[];
  fulfillments: { events: { status: string }[]; location: unknown }[];
  agreements: { sales: { lineType: string }[] }[];
  totalPriceSet: { shopMoney: { amount: string } };
}

const line = (type: string) => (n: Order) =>
  n.agreements.some((agreement) => agreement.sales.some((sale) => sale.lineType === type));
const delivered = (n: Order) =>
  n.fulfillments.some((one) => one.events.some((event) => event.status === "DELIVERED"));

/** Kinds of order beside those of ../kinds.test.ts. */
const ORDERS: Record<string, (n: Order) => boolean> = {
  "order from a draft": (n) => n.sourceName === "shopify_draft_order",
  "order at the till, with its place": (n) => n.sourceName === "pos" && n.retailLocation !== null,
  "gift card sold": (n) => n.lineItems.some((item) => item.isGiftCard),
  "gift card spent": (n) => n.transactions.some((t) => t.gateway === "gift_card"),
  tip: line("TIP"),
  duty: (n) => n.lineItems.some((item) => item.duties.length > 0),
  "additional fee": (n) => n.additionalFees.length > 0 && n.originalTotalAdditionalFeesSet !== null,
  "additional fee row": line("ADDITIONAL_FEE"),
  "several currencies": (n) => n.presentmentCurrencyCode !== n.currencyCode,
  "zero-decimal currency": (n) => n.presentmentCurrencyCode === "JPY",
  "return still open": (n) => n.returns.some((one) => one.status === "OPEN"),
  "return closed, with its lines": (n) =>
    n.returns.some((one) => one.status === "CLOSED" && one.returnLineItems.length > 0),
  "parcel followed to the door": delivered,
  "parcel on its way": (n) =>
    n.fulfillments.some((one) => one.events.at(-1)?.status === "CONFIRMED"),
  "risk to look into": (n) => n.risk.recommendation === "INVESTIGATE",
  "risk to cancel for": (n) => n.risk.recommendation === "CANCEL",
  metafield: (n) => n.metafields.length > 0,
  "cart attribute": (n) => n.customAttributes.length > 0,
};

function nodesOf(from: SimStore): Order[] {
  return from.heads.map((head) => from.node(head.id) as unknown as Order);
}

const dollars = store("USD", "America/New_York", 6_000);

describe("the default store, in dollars", () => {
  const nodes = nodesOf(dollars);

  test.each(Object.keys(ORDERS))("holds %s", (kind) => {
    expect(nodes.filter((node) => ORDERS[kind]?.(node)).length).toBeGreaterThanOrEqual(3);
  });

  test("holds no UNKNOWN row unless asked for", () => {
    expect(nodes.filter(line("UNKNOWN"))).toEqual([]);
    const asked = nodesOf(store("USD", "America/New_York", 1_000, true));
    expect(asked.filter(line("UNKNOWN")).length).toBeGreaterThanOrEqual(3);
  });

  const lists: [string, (from: SimStore) => PlainNode[], number][] = [
    ["customers", (from) => from.customers, 1_000],
    ["products", (from) => from.products, 50],
    ["collections", (from) => from.collections, 6],
    ["locations", (from) => from.locations, 2],
    ["gift cards", (from) => from.giftCards, 20],
    ["drafts paid", (from) => from.draftOrders.filter((one) => one.order !== null), 20],
    ["drafts unpaid", (from) => from.draftOrders.filter((one) => one.order === null), 3],
  ];
  test.each(lists)("holds %s", (_name, of, least) => {
    expect(of(dollars).length).toBeGreaterThanOrEqual(least);
  });

  test("holds unit costs that are known, were another, and were never entered", () => {
    const variants = dollars.records?.catalogue.flatMap((product) => product.variants) ?? [];
    const changed = variants.filter((one) => one.costHistory.length > 1);
    expect(changed.length).toBeGreaterThan(20);
    for (const one of variants) expect(one.costHistory.at(-1)?.cost).toBe(one.unitCost);
    expect(variants.some((one) => one.unitCost === null)).toBe(true);
  });
});

describe("a store abroad", () => {
  test("has prices that hold the tax", () => {
    const nodes = nodesOf(store("EUR", "Europe/Berlin", 300));
    expect(nodes.every((node) => node.taxesIncluded)).toBe(true);
  });

  test("has whole yen", () => {
    const nodes = nodesOf(store("JPY", "Asia/Tokyo", 300));
    expect(nodes.every((node) => node.totalPriceSet.shopMoney.amount.endsWith(".0"))).toBe(true);
  });
});
