import { describe, expect, it } from "vitest";
import { insightFigures } from "./insight-figures";

const day = { date_start: "2025-12-14", date_stop: "2025-12-14" };
const list = (values: Record<string, string>) =>
  Object.entries(values).map(([action_type, value]) => ({ action_type, value }));
const figures = (row: object) => insightFigures({ ...day, ...row }, "USD");

describe("insightFigures", () => {
  it("counts a purchase once, whatever names it is repeated under, with that name's own value", () => {
    const all = {
      omni_purchase: "10",
      purchase: "10",
      "offsite_conversion.fb_pixel_purchase": "9",
      web_app_in_store_purchase: "10",
    };
    const values = {
      omni_purchase: "15742.14",
      purchase: "15742.15",
      web_app_in_store_purchase: "1.57",
    };
    expect(figures({ actions: list(all), action_values: list(values) })).toMatchObject({
      purchases: "10",
      purchase_value: "15742.14",
    });
    const { omni_purchase: _omni, ...without } = all;
    expect(figures({ actions: list(without), action_values: list(values) })).toMatchObject({
      purchases: "10",
      purchase_value: "15742.15",
    });
    const pixel = { "offsite_conversion.fb_pixel_purchase": "2.5" };
    expect(figures({ actions: list(pixel), action_values: list(values) })).toMatchObject({
      purchases: "2.5",
      purchase_value: "0",
    });
  });

  it("a row without actions had none; what else it lacks is unknown", () => {
    expect(figures({ spend: "12.34", impressions: "1000" })).toEqual({
      day: "2025-12-14",
      currency: "USD",
      spend: "12.34",
      impressions: "1000",
      clicks: null,
      link_clicks: null,
      reach: null,
      purchases: "0",
      purchase_value: "0",
      add_to_cart: "0",
      add_to_cart_value: "0",
      view_content: "0",
      initiate_checkout: "0",
      leads: "0",
      attribution_setting: null,
      campaign_id: null,
      campaign_name: null,
      objective: null,
    });
  });

  it("takes one alias each of the other actions, and adds leads up only where Meta did not", () => {
    const actions = {
      add_to_cart: "3",
      "offsite_conversion.fb_pixel_add_to_cart": "3",
      omni_view_content: "8",
      view_content: "9",
      initiate_checkout: "2",
      "onsite_conversion.lead_grouped": "4",
      "offsite_conversion.fb_pixel_lead": "1",
    };
    expect(figures({ actions: list(actions) })).toMatchObject({
      add_to_cart: "3",
      view_content: "8",
      initiate_checkout: "2",
      leads: "5",
    });
    expect(figures({ actions: list({ ...actions, lead: "4" }) }).leads).toBe("4");
  });

  it("keeps the row's own currency and setting", () => {
    const row = { account_currency: "JPY", attribution_setting: "7d_click", spend: "1200" };
    expect(figures(row)).toMatchObject({ currency: "JPY", attribution_setting: "7d_click" });
  });

  it.each([
    { spend: "12,34" },
    { impressions: "1.5" },
    { actions: [{ action_type: "purchase", value: "many" }] },
  ])("refuses %j, naming the field", (row) => {
    expect(() => figures(row)).toThrow(/2025-12-14: (spend|impressions|actions)/);
  });
});
