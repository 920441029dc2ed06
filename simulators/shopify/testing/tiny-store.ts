import type { OrderHead, OrderNode, PlainNode, SimShop, SimStore } from "../store/types";

const DAY = 86_400_000;

function money(amount: string, currencyCode = "USD"): PlainNode {
  const value = { __typename: "MoneyV2", amount, currencyCode };
  return { __typename: "MoneyBag", shopMoney: value, presentmentMoney: value };
}

/** A hand-made store for the server's own tests: `count` orders, one a day up to `now`. */
export function tinyStore(
  options: { domain?: string; count?: number; plan?: SimShop["plan"]; now?: Date } = {},
): SimStore {
  const { domain = "tiny.myshopify.com", count = 3, plan = "standard" } = options;
  const end = (options.now ?? new Date("2026-06-30T12:00:00Z")).getTime();
  const heads: OrderHead[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = end - (count - index) * DAY;
    heads.push({
      id: 1_000 + index,
      name: `#${1_001 + index}`,
      createdAt: at,
      processedAt: at,
      updatedAt: at + 3_600_000,
      cancelledAt: null,
      test: index === 0,
      financialStatus: index % 2 === 0 ? "PAID" : "PENDING",
      customerId: 500 + (index % 2),
      email: `buyer${index % 2}@example.com`,
    });
  }
  return {
    shop: {
      id: 77,
      domain,
      name: "Tiny",
      email: "owner@tiny.example",
      currency: "USD",
      ianaTimezone: "America/New_York",
      plan,
      countryCode: "US",
      createdAt: "2020-01-01T00:00:00Z",
    },
    heads,
    node: (id) => orderNode(heads.find((head) => head.id === id)),
    customers: [500, 501].map((id) => ({
      __typename: "Customer",
      id: `gid://shopify/Customer/${id}`,
      email: `buyer${id - 500}@example.com`,
      numberOfOrders: "2",
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-02-01T00:00:00Z",
    })),
    products: [],
    collections: [],
    locations: [],
    draftOrders: [],
    giftCards: [],
    version: 0,
    records: null,
    summary: () => ({ orders: count, firstEventAt: null, lastEventAt: null }),
  };
}

function orderNode(head: OrderHead | undefined): OrderNode | null {
  if (!head) return null;
  const at = new Date(head.createdAt).toISOString().replace(".000Z", "Z");
  const line = (place: number) => ({
    __typename: "LineItem",
    id: `gid://shopify/LineItem/${head.id}${place}`,
    title: place === 1 ? "Salt & <Pepper>" : "Mill",
    quantity: place,
  });
  return {
    __typename: "Order",
    id: `gid://shopify/Order/${head.id}`,
    name: head.name,
    createdAt: at,
    test: head.test,
    note: null,
    tags: ["a/b", "c"],
    totalPriceSet: money("12.5"),
    customer: { __typename: "Customer", id: `gid://shopify/Customer/${head.customerId}` },
    lineItems: [line(1), line(2)],
    transactions: [
      { __typename: "OrderTransaction", id: "gid://shopify/OrderTransaction/9", kind: "SALE" },
    ],
    agreements: [
      {
        __typename: "OrderAgreement",
        id: `gid://shopify/SalesAgreement/${head.id}`,
        sales: [
          {
            __typename: "ProductSale",
            id: `gid://shopify/Sale/${head.id}1`,
            quantity: 1,
            lineItem: line(1),
          },
          { __typename: "TipSale", id: `gid://shopify/Sale/${head.id}2`, quantity: null },
        ],
      },
    ],
  };
}
