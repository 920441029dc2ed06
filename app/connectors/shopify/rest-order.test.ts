import { describe, expect, it } from "vitest";
import { orderDocumentSchema } from "./order-schemas";
import { isRestOrder, restOrder } from "./rest-order";

const eur = (amount: string) => ({ shopMoney: { amount, currencyCode: "EUR" } });
const both = (amount: string) => ({
  shop_money: { amount, currency_code: "EUR" },
  presentment_money: { amount, currency_code: "EUR" },
});
const paid = (fields: object) => ({
  status: "success",
  amount: "10.00",
  currency: "EUR",
  ...fields,
});

/** An order of 2017: plain amounts, no money sets, no presentment currency. */
const OLD = {
  id: 5182437124,
  currency: "EUR",
  total_price: "470.00",
  email: "",
  tags: "a, b c,",
  financial_status: "partially_refunded",
  fulfillment_status: null,
  cancel_reason: null,
};

describe("a REST-shaped order", () => {
  it("of old is in shop money as its plain fields say, and has no presentment money", () => {
    const order = restOrder(OLD);
    expect(order).toEqual({
      __typename: "Order",
      id: "gid://shopify/Order/5182437124",
      currencyCode: "EUR",
      totalPriceSet: eur("470.00"),
      email: null,
      tags: ["a", "b c"],
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      displayFulfillmentStatus: "UNFULFILLED",
      cancelReason: null,
    });
  });

  it("holds nothing that the body does not", () => {
    expect(restOrder({ id: "9007199254740993" })).toEqual({
      __typename: "Order",
      id: "gid://shopify/Order/9007199254740993",
    });
  });

  it("takes money from the sets where there are any, an absent one stays null", () => {
    const order = restOrder({
      ...OLD,
      total_price_set: {
        shop_money: { amount: "13.50", currency_code: "CAD" },
        presentment_money: { amount: "9.00", currency_code: "USD" },
      },
      original_total_duties_set: null,
    });
    expect(order.totalPriceSet).toEqual({
      shopMoney: { amount: "13.50", currencyCode: "CAD" },
      presentmentMoney: { amount: "9.00", currencyCode: "USD" },
    });
    expect(order.originalTotalDutiesSet).toBeNull();
  });

  it("passes the schema of documents", () => {
    const body = { ...OLD, line_items: [{ id: 1, price: "1.00", quantity: 1 }], refunds: [] };
    expect(orderDocumentSchema.safeParse(restOrder(body)).error).toBeUndefined();
  });

  it("refuses an id that was rounded on the way", () => {
    expect(() => restOrder({ ...OLD, id: 2 ** 53 + 2 })).toThrow("rounded");
  });

  it.each([
    [{ id: 1, line_items: [] }, true],
    [{ id: "12345678901234567890", total_price: "1.00" }, true],
    [{ id: "gid://shopify/Order/1", totalPriceSet: {} }, false],
    [{ id: 1, title: "a product" }, false],
    [{ admin_graphql_api_id: "gid://shopify/Refund/1", id: 1, total_price: "1" }, false],
    [[], false],
    [null, false],
  ])("is told from %j: %s", (value, is) => {
    expect(isRestOrder(value)).toBe(is);
  });
});

describe("what was paid", () => {
  const transactions = [
    paid({ id: 1, kind: "authorization", amount: "470.00" }),
    paid({ id: 2, kind: "capture", amount: "470.00", parent_id: 1 }),
    paid({ id: 3, kind: "sale", amount: "5.03", amount_rounding: "0.02" }),
    paid({ id: 4, kind: "change", amount: "0.05" }),
    paid({ id: 5, kind: "sale", status: "failure" }),
    paid({ id: 6, kind: "void", amount: "0.0" }),
    paid({ id: 7, kind: "refund", amount: "150.00" }),
  ];

  it("is sales and captures that succeeded, less change, cash rounding included", () => {
    expect(restOrder({ ...OLD, transactions })).toMatchObject({
      totalReceivedSet: eur("475.00"),
      totalRefundedSet: eur("150.00"),
      netPaymentSet: eur("325.00"),
    });
  });

  it("counts a transaction once that stands among the refund's as well", () => {
    const refunds = [{ id: 9, transactions: [transactions[6]] }];
    const order = restOrder({ ...OLD, transactions, refunds });
    expect(order.totalRefundedSet).toEqual(eur("150.00"));
    expect(order.transactions).toHaveLength(7);
    expect(order.refunds).toMatchObject([{ totalRefundedSet: eur("150.00") }]);
  });

  it("takes in the refund's transaction where the order's list lacks it", () => {
    const refunds = [{ id: 9, transactions: [transactions[6]] }];
    const order = restOrder({ ...OLD, transactions: transactions.slice(0, 6), refunds });
    expect(order.totalRefundedSet).toEqual(eur("150.00"));
  });

  it("is not known from refunds alone", () => {
    const refunds = [{ id: 9, transactions: [transactions[6]] }];
    const order = restOrder({ ...OLD, refunds });
    expect(order).not.toHaveProperty("totalReceivedSet");
    expect(order).not.toHaveProperty("transactions");
    expect(order.totalRefundedSet).toEqual(eur("150.00"));
    expect(restOrder(OLD)).not.toHaveProperty("totalRefundedSet");
    expect(restOrder({ ...OLD, refunds: [] }).totalRefundedSet).toEqual(eur("0"));
  });

  it("in another currency than the shop's is never converted: unknown", () => {
    const foreign = paid({ id: 8, kind: "sale", amount: "12.77", currency: "CAD" });
    const order = restOrder({ ...OLD, presentment_currency: "CAD", transactions: [foreign] });
    const buyers = {
      shopMoney: null,
      presentmentMoney: { amount: "12.77", currencyCode: "CAD" },
    };
    expect(order).toMatchObject({ totalReceivedSet: buyers, netPaymentSet: buyers });
    expect(order.transactions).toMatchObject([{ amountSet: buyers }]);
    expect(order.totalRefundedSet).toMatchObject(eur("0"));
  });
});

describe("a refund", () => {
  it("tells lines, refunded shipping and discrepancies apart", () => {
    const adjustment = { amount: "-5.00", amount_set: both("-5.00"), tax_amount: "-0.00" };
    const [refund] = restOrder({
      ...OLD,
      refunds: [
        {
          id: 1,
          refund_line_items: [
            { id: 2, line_item_id: 3, quantity: 1, subtotal: "150.0", restock_type: "no_restock" },
          ],
          order_adjustments: [
            { id: 4, kind: "shipping_refund", reason: "Shipping refund", ...adjustment },
            { id: 5, kind: "refund_discrepancy", reason: "Refund discrepancy", ...adjustment },
          ],
        },
      ],
    }).refunds as unknown[];
    expect(refund).toMatchObject({
      refundLineItems: [
        {
          lineItem: { id: "gid://shopify/LineItem/3" },
          subtotalSet: eur("150.0"),
          restockType: "NO_RESTOCK",
        },
      ],
      orderAdjustments: [{ reason: "REFUND_DISCREPANCY", amountSet: eur("-5.00") }],
      refundShippingLines: [{ subtotalAmountSet: eur("5.00"), taxAmountSet: eur("0.00") }],
    });
    expect(refund).not.toHaveProperty("orderAdjustments.1");
  });
});

describe("where a buyer came from", () => {
  it("is the landing page with its UTM parameters, and the referrer", () => {
    const landing = "/products/x?utm_source=meta&utm_campaign=a%20b#top";
    const body = { ...OLD, landing_site: landing, referring_site: "" };
    expect(restOrder(body).customerJourneySummary).toEqual({
      lastVisit: {
        landingPage: landing,
        referrerUrl: null,
        utmParameters: {
          source: "meta",
          medium: null,
          campaign: "a b",
          content: null,
          term: null,
        },
      },
    });
  });
});
