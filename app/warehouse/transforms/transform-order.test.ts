import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DETAIL_CHILDREN, ORDER_CHILDREN } from "../facts/tables";
import { toPlainLists } from "./plain-lists";
import { transformOrder } from "./transform-order";

const ORDER = "gid://shopify/Order/1";
const bag = (amount: string, presentment = amount) => ({
  shopMoney: { amount, currencyCode: "CAD" },
  presentmentMoney: { amount: presentment, currencyCode: "USD" },
});

describe("what a payload does not hold", () => {
  it("is null, never 0, and a list that is not there is not empty", () => {
    const { order, ...children } = transformOrder({ id: ORDER });
    expect(order).toMatchObject({ order_id: "1", total_price: null, tags: null, test: null });
    expect(Object.entries(order).filter(([, value]) => value === 0)).toEqual([]);
    expect(order.ledger_complete).toBe(false);
    const names = [...Object.keys(ORDER_CHILDREN), ...Object.keys(DETAIL_CHILDREN)];
    expect(children).toEqual(Object.fromEntries(names.map((name) => [name, null])));
  });

  it("leaves children that were read without ids for not held", () => {
    expect(transformOrder({ id: ORDER, lineItems: [{ title: "x" }] }).lineItems).toBeNull();
    expect(transformOrder({ id: ORDER, lineItems: [] }).lineItems).toEqual([]);
  });
});

describe("money", () => {
  it("keeps both amounts as they came, each under its own name", () => {
    const { order, transactions } = transformOrder({
      id: ORDER,
      currencyCode: "CAD",
      presentmentCurrencyCode: "USD",
      totalPriceSet: bag("13.5", "9.00"),
      transactions: [
        { id: "gid://shopify/OrderTransaction/5", kind: "REFUND", amountSet: bag("7.10", "5.0") },
      ],
    });
    expect(order).toMatchObject({
      currency: "CAD",
      presentment_currency: "USD",
      total_price: "13.5",
      total_price_presentment: "9.00",
    });
    expect(transactions?.[0]).toMatchObject({
      transaction_id: "5",
      amount: "7.10",
      amount_presentment: "5.0",
      currency: "CAD",
      presentment_currency: "USD",
      amount_rounding: null,
    });
  });

  it("takes the currency that any amount names when the order does not say it", () => {
    const payment = { id: "gid://shopify/OrderTransaction/5", amountSet: bag("1.00") };
    expect(transformOrder({ id: ORDER, netPaymentSet: bag("1.00") }).order.currency).toBe("CAD");
    expect(transformOrder({ id: ORDER, transactions: [payment] }).order).toMatchObject({
      currency: "CAD",
      presentment_currency: "USD",
    });
  });

  it("never passes through a float", () => {
    const amount = "90071992547409931234.123456789012345678";
    expect(transformOrder({ id: ORDER, totalPriceSet: bag(amount) }).order.total_price).toBe(
      amount,
    );
  });

  it.each(["1e3", "1,00", "", "NaN", 12])("refuses %s, naming the field", (amount) => {
    const totalPriceSet = { shopMoney: { amount, currencyCode: "CAD" } };
    expect(() => transformOrder({ id: ORDER, totalPriceSet })).toThrow(
      /Order\/1: totalPriceSet\.shopMoney\.amount/,
    );
  });
});

describe("ids", () => {
  it("keep every digit, and drop what follows a question mark", () => {
    const id = "gid://shopify/Order/9007199254740993?x=1";
    expect(transformOrder({ id }).order.order_id).toBe("9007199254740993");
  });

  it("must be global ids", () => {
    expect(() => transformOrder({ id: "17" })).toThrow("Not a global id: 17");
  });
});

describe("who bought", () => {
  it.each([
    [{ customer: { id: "gid://shopify/Customer/7" }, email: "a@b.c" }, "customer:7"],
    [{ email: "  A@B.C " }, "email:a@b.c"],
    [{ email: " ", phone: "+49 (30) 12-3" }, "phone:4930123"],
    [{ phone: "ext." }, null],
    [{}, null],
  ])("%j is %s", (buyer, key) => {
    expect(transformOrder({ id: ORDER, ...buyer }).order.customer_key).toBe(key);
  });
});

describe("the sales ledger", () => {
  const sale = (id: number) => ({
    id: `gid://shopify/Sale/${id}`,
    actionType: "ORDER",
    lineType: "PRODUCT",
    quantity: null,
    totalAmount: bag("97.43"),
    totalTaxAmount: bag("7.43"),
    totalDiscountAmountBeforeTaxes: bag("10.00"),
    totalDiscountAmountAfterTaxes: bag("0"),
  });
  const agreement = (typename: string, id: number) => ({
    __typename: typename,
    id: `gid://shopify/SalesAgreement/${id}`,
    happenedAt: "2026-03-10T12:00:00Z",
    reason: "ORDER",
    sales: [sale(id * 10), sale(id * 10 + 1)],
  });

  it("belongs to processedAt for the first sale, to its own instant afterwards", () => {
    const { sales, order } = transformOrder({
      id: ORDER,
      processedAt: "2025-12-24T00:00:00Z",
      agreements: [agreement("OrderAgreement", 1), agreement("RefundAgreement", 2)],
    });
    expect(order.ledger_complete).toBe(true);
    expect(sales?.map((row) => [row.sale_id, row.agreement_id, row.occurred_at])).toEqual([
      ["10", "1", "2025-12-24T00:00:00Z"],
      ["11", "1", "2025-12-24T00:00:00Z"],
      ["20", "2", "2026-03-10T12:00:00Z"],
      ["21", "2", "2026-03-10T12:00:00Z"],
    ]);
    expect(sales?.[0]).toMatchObject({
      total_amount: "97.43",
      total_tax_amount: "7.43",
      total_discount_before_taxes: "10.00",
      quantity: null,
      line_item_id: null,
      currency: "CAD",
    });
  });

  it("takes kinds of sales and agreements that Shopify adds later", () => {
    const later = { ...agreement("BarterAgreement", 3), reason: "BARTER" };
    later.sales = [{ ...sale(30), actionType: "SWAP", lineType: "FAVOUR" }];
    expect(transformOrder({ id: ORDER, agreements: [later] }).sales?.[0]).toMatchObject({
      agreement_type: "BarterAgreement",
      action_type: "SWAP",
      line_type: "FAVOUR",
    });
  });
});

const json = fc.jsonValue({ maxDepth: 4 });

describe("plain lists", () => {
  it("hand back what holds no connection, untouched and uncopied", () => {
    fc.assert(
      fc.property(json, (value) => {
        const held = JSON.stringify(value);
        fc.pre(!/"(edges|nodes)":/.test(held));
        expect(toPlainLists(value)).toBe(value);
      }),
    );
  });

  it("take connections apart in either form, at every depth, and leave their source alone", () => {
    const edges = { edges: [{ cursor: "c", node: { id: 1, sales: { nodes: [{ id: 2 }] } } }] };
    const source = { agreements: edges, lines: [{ x: { nodes: [] } }] };
    const before = JSON.stringify(source);
    expect(toPlainLists(source)).toEqual({
      agreements: [{ id: 1, sales: [{ id: 2 }] }],
      lines: [{ x: [] }],
    });
    expect(JSON.stringify(source)).toBe(before);
  });

  it("make the same rows of lists, edges and nodes", () => {
    const items = [
      { id: "gid://shopify/LineItem/1", title: "a", quantity: 2, originalTotalSet: bag("4.00") },
      { id: "gid://shopify/LineItem/2", title: "b", quantity: 1, originalTotalSet: bag("1.00") },
    ];
    const asLists = transformOrder({ id: ORDER, lineItems: items });
    const edges = { edges: items.map((node) => ({ node })), pageInfo: { hasNextPage: false } };
    expect(transformOrder({ id: ORDER, lineItems: edges })).toEqual(asLists);
    expect(transformOrder({ id: ORDER, lineItems: { nodes: items } })).toEqual(asLists);
    expect(asLists.lineItems?.map((row) => row.position)).toEqual([1, 2]);
  });
});
