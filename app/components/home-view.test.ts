import { describe, expect, it } from "vitest";
import { METRICS } from "~/metrics/definitions";
import type { ShopMetrics } from "~/metrics/schema";
import { homeView, isEmpty } from "./home-view";

const values = (net: string | null, orders: number): ShopMetrics["totals"] => ({
  ...(Object.fromEntries(METRICS.map(({ id }) => [id, null])) as ShopMetrics["totals"]),
  net_sales: net,
  orders,
  returns: "0.00",
});

const ADS = {
  connected: true,
  history_complete: true,
  ad_account_timezones: ["America/New_York"],
  other_currencies: [],
};

const metrics = (from: string, to: string, net: string | null, complete = true): ShopMetrics => ({
  shop_id: "a.myshopify.com",
  currency: "USD",
  timezone: "America/New_York",
  from,
  to,
  history_complete: complete,
  complete_from: null,
  marketing: ADS,
  totals: values(net, net === "0.00" ? 0 : 3),
  daily: [
    { date: from, ...values(net, 1) },
    { date: to, ...values("0.00", 0) },
  ],
});

const view = (net: string, complete: boolean, ads: Partial<typeof ADS> = {}) =>
  homeView({
    shopName: "A",
    locale: "en",
    now: new Date("2026-11-20T12:00:00Z"),
    today: "2026-11-20",
    asked: { range: "custom", from: "2026-11-19", to: "2026-11-20", problem: null },
    sales: {
      ...metrics("2026-11-19", "2026-11-20", net, complete),
      marketing: { ...ADS, ...ads },
    },
    salesBefore: metrics("2026-11-17", "2026-11-18", complete ? "7.00" : null, complete),
    sync: {
      platform: "SHOPIFY",
      lastSuccessAt: null,
      running: null,
      lastError: null,
      errorKind: null,
    },
    meta: null,
  });

describe("what Home is given", () => {
  it("lays the period before under this one, day by day", () => {
    const { points, totalsBefore, before } = view("5.00", true);
    expect(before).toEqual({ from: "2026-11-17", to: "2026-11-18" });
    expect(totalsBefore?.net_sales).toBe("7.00");
    expect(points).toEqual([
      { date: "2026-11-19", value: "5.00", beforeDate: "2026-11-17", before: "7.00" },
      { date: "2026-11-20", value: "0.00", beforeDate: "2026-11-18", before: "0.00" },
    ]);
  });

  it("compares with nothing while the history is not complete", () => {
    const { points, totalsBefore } = view("5.00", false);
    expect(totalsBefore).toBeNull();
    expect(points.map(({ before }) => before)).toEqual([null, null]);
  });

  it("shows ads once an ad account is chosen, and compares them when both histories are whole", () => {
    expect(view("5.00", true, { connected: false }).marketing).toBeNull();
    expect(view("5.00", true).marketing?.totalsBefore).not.toBeNull();
    expect(view("5.00", false).marketing?.totalsBefore).toBeNull();
    expect(view("5.00", true, { history_complete: false }).marketing?.totalsBefore).toBeNull();
    expect(view("5.00", true).marketing?.points[0]).toEqual({
      date: "2026-11-19",
      revenue: "5.00",
      spend: null,
      mer: null,
    });
  });

  it("is empty without orders and sales, and not when returns alone moved a day", () => {
    expect(isEmpty(view("0.00", true))).toBe(true);
    expect(isEmpty(view("5.00", true))).toBe(false);
    expect(isEmpty({ ...view("-3.00", true), totals: { ...values("-3.00", 0) } })).toBe(false);
  });
});
