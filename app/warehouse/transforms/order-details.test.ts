import { describe, expect, it } from "vitest";
import { splitDetails } from "./split-details";
import { transformDetails, transformOrder } from "./transform-order";

const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;
const bag = (amount: string) => ({
  shopMoney: { amount, currencyCode: "EUR" },
  presentmentMoney: { amount, currencyCode: "EUR" },
});

/** One of two pieces came back, its shipping with it, less a fee; sent in one parcel, announced as a return. */
const WHOLE = {
  id: gid("Order", 1),
  updatedAt: "2026-03-09T12:00:00Z",
  currencyCode: "EUR",
  presentmentCurrencyCode: "EUR",
  name: "#1",
  refunds: [
    {
      id: gid("Refund", 2),
      totalRefundedSet: bag("47.00"),
      duties: [{ amountSet: bag("3.00"), originalDuty: { id: gid("Duty", 21) } }],
      refundLineItems: [
        {
          id: null,
          quantity: 1,
          restockType: "RETURN",
          restocked: true,
          lineItem: { id: gid("LineItem", 11) },
          location: { id: gid("Location", 5) },
          priceSet: bag("50.00"),
          subtotalSet: bag("45.00"),
          totalTaxSet: bag("3.71"),
        },
      ],
      orderAdjustments: [
        { id: gid("OrderAdjustment", 3), reason: "RESTOCK", amountSet: bag("-3.00") },
      ],
      refundShippingLines: [
        {
          id: gid("RefundShippingLine", 4),
          shippingLine: { id: null },
          subtotalAmountSet: bag("5.00"),
          taxAmountSet: bag("0.00"),
        },
      ],
      transactions: [{ id: gid("OrderTransaction", 9) }],
    },
  ],
  fulfillments: [
    {
      id: gid("Fulfillment", 6),
      displayStatus: "DELIVERED",
      trackingInfo: [{ company: "UPS", number: "1Z", url: null }],
      fulfillmentLineItems: [
        { id: gid("FulfillmentLineItem", 7), quantity: 2, lineItem: { id: gid("LineItem", 11) } },
      ],
      events: [
        {
          id: gid("FulfillmentEvent", 8),
          status: "DELIVERED",
          happenedAt: "2026-03-05T12:00:00Z",
        },
      ],
    },
  ],
  returns: [
    {
      id: gid("Return", 12),
      status: "CLOSED",
      refunds: [{ id: gid("Refund", 2) }],
      returnShippingFees: [{ id: gid("ReturnShippingFee", 13), amountSet: bag("2.00") }],
      returnLineItems: [
        {
          __typename: "ReturnLineItem",
          id: gid("ReturnLineItem", 14),
          quantity: 1,
          returnReasonDefinition: { handle: "too-small", name: "Too small" },
          fulfillmentLineItem: {
            id: gid("FulfillmentLineItem", 7),
            lineItem: { id: gid("LineItem", 11) },
          },
          restockingFee: {
            id: gid("RestockingFee", 15),
            percentage: 10,
            amountSet: bag("4.50"),
          },
        },
      ],
    },
  ],
};

describe("what came back, and what was sent", () => {
  const facts = transformOrder(WHOLE);

  it("names the lines, the shipping, the duties and the difference of a refund", () => {
    expect(facts.refundLineItems).toEqual([
      {
        refund_id: "2",
        position: 1,
        order_id: "1",
        refund_line_item_id: null,
        line_item_id: "11",
        quantity: 1,
        restock_type: "RETURN",
        restocked: true,
        location_id: "5",
        price: "50.00",
        price_presentment: "50.00",
        subtotal: "45.00",
        subtotal_presentment: "45.00",
        total_tax: "3.71",
        total_tax_presentment: "3.71",
        currency: "EUR",
      },
    ]);
    expect(facts.orderAdjustments).toMatchObject([
      { order_adjustment_id: "3", reason: "RESTOCK", amount: "-3.00", tax_amount: null },
    ]);
    expect(facts.refundShippingLines).toMatchObject([
      { refund_id: "2", shipping_line_id: null, subtotal_amount: "5.00", tax_amount: "0.00" },
    ]);
    expect(facts.refundDuties).toMatchObject([{ original_duty_id: "21", amount: "3.00" }]);
    expect(facts.refundTransactions).toEqual([
      { refund_id: "2", transaction_id: "9", order_id: "1" },
    ]);
  });

  it("follows a parcel", () => {
    expect(facts.fulfillments).toMatchObject([
      {
        fulfillment_id: "6",
        display_status: "DELIVERED",
        tracking_companies: ["UPS"],
        tracking_numbers: ["1Z"],
        tracking_urls: [],
        delivered_at: null,
      },
    ]);
    expect(facts.fulfillmentLineItems).toMatchObject([
      { fulfillment_id: "6", line_item_id: "11", quantity: 2, original_total: null },
    ]);
    expect(facts.fulfillmentEvents).toMatchObject([
      { status: "DELIVERED", happened_at: "2026-03-05T12:00:00Z" },
    ]);
  });

  it("knows a return's lines, fees and refunds", () => {
    expect(facts.returns).toMatchObject([{ return_id: "12", refund_ids: ["2"] }]);
    expect(facts.returnLineItems).toMatchObject([
      { line_item_id: "11", fulfillment_line_item_id: "7", return_reason_handle: "too-small" },
    ]);
    expect(facts.returnFees).toMatchObject([
      { type: "ReturnShippingFee", amount: "2.00", percentage: null, return_line_item_id: null },
      { type: "RestockingFee", amount: "4.50", percentage: "10", return_line_item_id: "14" },
    ]);
  });
});

describe("parting an order from its details", () => {
  it("loses nothing and gives the same rows", () => {
    const { order, details } = splitDetails(WHOLE);
    expect(details).not.toBeNull();
    const { orderId, ...rows } = transformDetails(details ?? {});
    expect(orderId).toBe("1");
    expect({ ...transformOrder(order), ...rows }).toEqual(transformOrder(WHOLE));
  });

  it("leaves in the order only what every road brings", () => {
    const { order } = splitDetails(WHOLE);
    expect(order).not.toHaveProperty("returns");
    expect(order.refunds).toEqual([
      {
        id: gid("Refund", 2),
        totalRefundedSet: bag("47.00"),
        duties: WHOLE.refunds[0]?.duties,
      },
    ]);
    expect(transformOrder(order)).toMatchObject({
      refundLineItems: null,
      fulfillmentEvents: null,
      returns: null,
    });
  });

  it("hands an order without details back untouched", () => {
    const bare = { id: gid("Order", 1), refunds: [{ id: gid("Refund", 2) }], fulfillments: null };
    expect(splitDetails(bare)).toEqual({ order: bare, details: null });
    expect(splitDetails(bare).order).toBe(bare);
  });

  it("does not take a refund that came without its lines for one that has none", () => {
    const [refund] = WHOLE.refunds;
    const refunds = [refund, { id: gid("Refund", 99) }];
    expect(transformOrder({ ...WHOLE, refunds }).refundLineItems).toBeNull();
    expect(transformOrder({ ...WHOLE, refunds: [] }).refundLineItems).toEqual([]);
  });
});
