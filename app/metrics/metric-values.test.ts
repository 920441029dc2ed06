import { describe, expect, it } from "vitest";
import { adValues, UNKNOWN_SHOP_SIDE } from "./ad-values";
import { metricValues, NO_SALES } from "./metric-values";
import { shopMetricsSchema } from "./schema";

describe("metricValues", () => {
  it("gives ratios of the sums, and no value over nothing", () => {
    const sums = {
      ...NO_SALES,
      gross_sales: "100.0",
      discounts: "10",
      returns: "42.00",
      placed_sales: "90",
      orders: 7,
    };
    const values = metricValues(sums, "USD", true);
    expect(values).toMatchObject({ gross_sales: "100.00", aov: "12.8571", refund_rate: "0.4667" });
    expect(metricValues(NO_SALES, "USD", true)).toMatchObject({
      net_sales: "0.00",
      orders: 0,
      aov: null,
      refund_rate: null,
    });
  });

  it("tells no customers apart while the history is incomplete", () => {
    expect(metricValues({ ...NO_SALES, new_customers: 5 }, "USD", false)).toMatchObject({
      new_customers: null,
      returning_customers: null,
      unknown_customers: 0,
    });
  });

  it("fits the published schema", () => {
    const values = {
      ...metricValues(NO_SALES, "JPY", true),
      ...adValues(null, UNKNOWN_SHOP_SIDE, "JPY"),
    };
    const answer = {
      shop_id: "a.myshopify.com",
      currency: "JPY",
      timezone: "Asia/Tokyo",
      from: "2026-01-01",
      to: "2026-01-01",
      history_complete: true,
      complete_from: null,
      marketing: {
        connected: false,
        history_complete: false,
        ad_account_timezones: [],
        other_currencies: [],
      },
      totals: values,
      daily: [{ date: "2026-01-01", ...values }],
    };
    expect(shopMetricsSchema.parse(answer)).toEqual(answer);
  });
});
