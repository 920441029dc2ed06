import { expect, it } from "vitest";
import { adValues, NO_ADS, UNKNOWN_SHOP_SIDE } from "./ad-values";

const ads = {
  spend: "250.5",
  impressions: 40_000,
  clicks: 600,
  link_clicks: 450,
  purchases: "12.5",
  purchase_value: "900.00",
};

it("makes every ratio of the sums", () => {
  expect(adValues(ads, { net_sales: "1002", new_customers: 8 }, "USD")).toEqual({
    spend: "250.50",
    impressions: 40_000,
    clicks: 600,
    link_clicks: 450,
    ctr: "0.0150",
    cpc: "0.4175",
    cpm: "6.2625",
    purchases: 12.5,
    purchase_value: "900.00",
    cpa: "20.0400",
    roas: "3.5928",
    mer: "4.0000",
    platform_roas: "4.0000",
    cac: "31.3125",
  });
});

it("has no ratio over nothing, and 0 spend on a day without delivery", () => {
  const values = adValues(NO_ADS, { net_sales: "1002", new_customers: 0 }, "JPY");
  expect(values).toMatchObject({ spend: "0", purchases: 0, impressions: 0 });
  for (const id of ["ctr", "cpc", "cpm", "cpa", "roas", "mer", "platform_roas", "cac"] as const) {
    expect(values[id], id).toBeNull();
  }
});

it("sets nothing against sales that are not known, and has no value without ads", () => {
  expect(adValues(ads, UNKNOWN_SHOP_SIDE, "USD")).toMatchObject({
    roas: "3.5928",
    mer: null,
    platform_roas: null,
    cac: null,
  });
  const none = adValues(null, { net_sales: "10", new_customers: 1 }, "USD");
  expect(Object.values(none).every((value) => value === null)).toBe(true);
});
