import { describe, expect, it } from "vitest";
import { transformOrder } from "./transform-order";

const ORDER = "gid://shopify/Order/1";
const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;
/** 2 CAD are 1.50 USD here; the order's own rate, which is not every payment's. */
const bag = (amount: string, presentment: string) => ({
  shopMoney: { amount, currencyCode: "CAD" },
  presentmentMoney: { amount: presentment, currencyCode: "USD" },
});
const tax = (amount: string, presentment: string) => ({
  title: "GST",
  rate: 0.05,
  source: "shopify",
  channelLiable: false,
  priceSet: bag(amount, presentment),
});

describe("where an order came from, and where it goes", () => {
  it("keeps both addresses' places without naming anybody", () => {
    const place = (city: string) => ({
      city,
      province: "Bavaria",
      provinceCode: "BY",
      country: "Germany",
      countryCodeV2: "DE",
      zip: "80331",
    });
    const { order } = transformOrder({
      id: ORDER,
      shippingAddress: place("Munich"),
      billingAddress: null,
      app: { id: gid("App", 580111), name: "Online Store" },
      retailLocation: { id: gid("Location", 5) },
    });
    expect(order).toMatchObject({
      shipping_city: "Munich",
      shipping_province: "Bavaria",
      shipping_province_code: "BY",
      shipping_country: "Germany",
      shipping_country_code: "DE",
      shipping_zip: "80331",
      billing_city: null,
      billing_zip: null,
      app_id: "580111",
      app_name: "Online Store",
      retail_location_id: "5",
    });
  });

  it("tells the first visit from the last, and takes the first where there is no last", () => {
    const visit = (source: string) => ({
      occurredAt: "2026-03-01T00:00:00Z",
      landingPage: `https://shop.example/?utm_source=${source}`,
      source,
      utmParameters: { source, medium: "cpc", campaign: null, content: null, term: null },
    });
    const summary = { ready: true, momentsCount: { count: 3 }, daysToConversion: 4 };
    const both = transformOrder({
      id: ORDER,
      customerJourneySummary: {
        ...summary,
        firstVisit: visit("meta"),
        lastVisit: visit("google"),
        moments: [visit("meta"), visit("newsletter"), visit("google")],
      },
    });
    expect(both.order).toMatchObject({
      days_to_conversion: 4,
      moments_count: 3,
      first_visit_utm_source: "meta",
      last_visit_utm_source: "google",
      utm_source: "google",
      last_visit_utm_campaign: null,
    });
    expect(both.visits?.map((row) => [row.position, row.utm_source])).toEqual([
      [1, "meta"],
      [2, "newsletter"],
      [3, "google"],
    ]);
    const one = transformOrder({
      id: ORDER,
      customerJourneySummary: { ...summary, firstVisit: visit("meta"), lastVisit: null },
    });
    expect(one.order).toMatchObject({ utm_source: "meta", last_visit_source: null });
    expect(one.visits).toBeNull();
  });

  it.each([
    [[], null],
    [["LOW", "HIGH", "NONE"], "HIGH"],
    [["NONE", "PENDING"], "PENDING"],
    [["WORSE_THAN_HIGH"], "WORSE_THAN_HIGH"],
  ])("takes of the risk assessments %j the gravest", (levels, level) => {
    const risk = {
      recommendation: "ACCEPT",
      assessments: levels.map((riskLevel) => ({ riskLevel })),
    };
    expect(transformOrder({ id: ORDER, risk }).order.risk_level).toBe(level);
  });
});

/** 2 × 10.00, a code of 10 % and 1.00 off shipping of 5.00; duty 3.00; GST on line and shipping. */
const WORKED = {
  id: ORDER,
  currencyCode: "CAD",
  presentmentCurrencyCode: "USD",
  totalCashRoundingAdjustment: { paymentSet: bag("0.02", "0.02"), refundSet: bag("0", "0") },
  totalWeight: "1200",
  currentTotalWeight: "600",
  disputes: [{ id: gid("OrderDispute", 4), initiatedAs: "CHARGEBACK", status: "LOST" }],
  taxLines: [tax("1.10", "0.83")],
  currentTaxLines: [tax("0.55", "0.41")],
  discountApplications: [
    {
      __typename: "DiscountCodeApplication",
      index: 1,
      code: "SPRING",
      allocationMethod: "ACROSS",
      targetSelection: "ALL",
      targetType: "LINE_ITEM",
      value: { __typename: "PricingPercentageValue", percentage: 10 },
    },
    {
      __typename: "ManualDiscountApplication",
      index: 2,
      title: "Goodwill",
      description: "late",
      targetType: "SHIPPING_LINE",
      value: { __typename: "MoneyV2", amount: "1.0", currencyCode: "CAD" },
    },
  ],
  lineItems: [
    {
      id: gid("LineItem", 11),
      quantity: 2,
      sellingPlan: { name: "Monthly", sellingPlanId: gid("SellingPlan", 7) },
      customAttributes: [{ key: "Engraving", value: null }],
      taxLines: [tax("0.90", "0.68")],
      discountAllocations: [
        { allocatedAmountSet: bag("2.00", "1.50"), discountApplication: { index: 1 } },
      ],
      duties: [
        {
          id: gid("Duty", 21),
          countryCodeOfOrigin: "CN",
          harmonizedSystemCode: "6109",
          price: bag("3.00", "2.25"),
          taxLines: [tax("0.15", "0.11")],
        },
      ],
    },
  ],
  shippingLines: [
    {
      id: null,
      title: "Post",
      originalPriceSet: bag("5.00", "3.75"),
      taxLines: [tax("0.20", "0.15")],
      discountAllocations: [
        { allocatedAmountSet: bag("1.00", "0.75"), discountApplication: { index: 2 } },
      ],
    },
  ],
  additionalFees: [
    { id: gid("AdditionalFee", 31), name: "Packaging", price: bag("1.50", "1.13"), taxLines: [] },
  ],
};

describe("an order with everything on it", () => {
  const facts = transformOrder(WORKED);

  it("puts each amount under both moneys, and weights in grams", () => {
    expect(facts.order).toMatchObject({
      total_cash_rounding_payment: "0.02",
      total_cash_rounding_refund: "0",
      total_weight: "1200",
      current_total_weight: "600",
      disputes: WORKED.disputes,
    });
    expect(facts.lineItems?.[0]).toMatchObject({
      selling_plan_id: "7",
      custom_attributes: [{ key: "Engraving", value: null }],
    });
  });

  it("keeps the same tax apart by what it was taken of", () => {
    expect(
      facts.taxLines?.map((row) => [
        row.taxed,
        row.taxed_position,
        row.position,
        row.taxed_id,
        row.rate,
        row.price,
        row.price_presentment,
      ]),
    ).toEqual([
      ["ORDER", 0, 1, "1", "0.05", "1.10", "0.83"],
      ["ORDER_CURRENT", 0, 1, "1", "0.05", "0.55", "0.41"],
      ["LINE_ITEM", 1, 1, "11", "0.05", "0.90", "0.68"],
      ["SHIPPING_LINE", 1, 1, null, "0.05", "0.20", "0.15"],
      ["DUTY", 1, 1, "21", "0.05", "0.15", "0.11"],
    ]);
  });

  it("says which discount fell on what", () => {
    expect(facts.discountApplications).toMatchObject([
      { index: 1, type: "DiscountCodeApplication", code: "SPRING", value_percentage: "10" },
      { index: 2, title: "Goodwill", value_amount: "1.0", value_currency: "CAD", code: null },
    ]);
    expect(facts.discountAllocations).toMatchObject([
      {
        target: "LINE_ITEM",
        target_id: "11",
        discount_application_index: 1,
        allocated_amount: "2.00",
      },
      { target: "SHIPPING_LINE", target_id: null, allocated_amount_presentment: "0.75" },
    ]);
  });

  it("lists duties, fees and shipping, known by their place where they have no id", () => {
    expect(facts.duties).toMatchObject([
      { duty_id: "21", line_item_id: "11", price: "3.00", price_presentment: "2.25" },
    ]);
    expect(facts.additionalFees).toMatchObject([{ name: "Packaging", price: "1.50" }]);
    expect(facts.shippingLines).toMatchObject([
      { position: 1, shipping_line_id: null, original_price: "5.00", currency: "CAD" },
    ]);
  });
});

describe("payments", () => {
  it("keep their fees in the fees' own currency, and no amount that was not told", () => {
    const { transactions, transactionFees } = transformOrder({
      id: ORDER,
      transactions: [
        {
          id: gid("OrderTransaction", 5),
          amountSet: bag("12.77", "9.00"),
          amountRoundingSet: null,
          paymentDetails: { __typename: "CardPaymentDetails", company: "Visa", wallet: "SHOP_PAY" },
          currencyExchangeAdjustment: { adjustment: { amount: "-0.73", currencyCode: "CAD" } },
          fees: [
            {
              id: gid("TransactionFee", 6),
              type: "processing_fee",
              rate: "0.029",
              amount: { amount: "0.56", currencyCode: "EUR" },
              flatFee: { amount: "0.30", currencyCode: "EUR" },
              taxAmount: null,
            },
          ],
        },
      ],
    });
    expect(transactions?.[0]).toMatchObject({
      amount: "12.77",
      amount_presentment: "9.00",
      amount_rounding: null,
      amount_rounding_presentment: null,
      card_company: "Visa",
      wallet: "SHOP_PAY",
      currency_exchange_adjustment: "-0.73",
    });
    expect(transactionFees).toEqual([
      {
        fee_id: "6",
        order_id: "1",
        transaction_id: "5",
        type: "processing_fee",
        rate: "0.029",
        rate_name: null,
        flat_fee_name: null,
        amount: "0.56",
        flat_fee: "0.30",
        tax_amount: null,
        currency: "EUR",
      },
    ]);
  });

  it("without their fees leave the stored fees alone", () => {
    const transactions = [{ id: gid("OrderTransaction", 5) }];
    expect(transformOrder({ id: ORDER, transactions }).transactionFees).toBeNull();
    expect(transformOrder({ id: ORDER, transactions: [] }).transactionFees).toEqual([]);
  });
});
