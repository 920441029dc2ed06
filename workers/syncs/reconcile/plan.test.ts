import { describe, expect, it } from "vitest";
import { planReconciliation as planOf, type Standing } from "./plan";

const SHOP = {
  currency: "EUR",
  timezone: "Europe/Berlin",
  historyCompleteAt: new Date("2026-05-01T00:00:00Z"),
  figuresCompleteFrom: null,
  seesAllOrders: true,
  firstDay: "2024-02-10",
  wholeCheckedAt: new Date("2026-05-01T01:00:00Z"),
};
const NOTHING: Standing = { days: [], months: [] };
const planReconciliation = (shop: Parameters<typeof planOf>[0], watermark: Date, now: Date) =>
  planOf(shop, NOTHING, watermark, now);
const NOW = new Date("2026-06-11T01:05:00Z");

describe("which days are held against Shopify's report", () => {
  it("are the newest 90 that are over", () => {
    expect(planReconciliation(SHOP, NOW, NOW)).toEqual({
      days: { from: "2026-03-13", to: "2026-06-10" },
      history: null,
      older: null,
    });
  });

  it("take in older ones that still differ, and the history while a month of it does", () => {
    const days = ["2026-05-01", "2025-11-02", "2025-12-24", "2023-01-01"];
    expect(planOf(SHOP, { days, months: [] }, NOW, NOW)).toMatchObject({
      older: { from: "2025-11-02", to: "2025-12-24" },
      history: null,
    });
    expect(planOf(SHOP, { days: [], months: ["2025-11-01"] }, NOW, NOW).history).not.toBeNull();
  });

  it("end before the day up to which orders have been read", () => {
    const watermark = new Date("2026-06-10T21:59:00Z");
    expect(planReconciliation(SHOP, watermark, NOW).days?.to).toBe("2026-06-09");
  });

  it("go by the shop's zone", () => {
    const shop = { ...SHOP, timezone: "America/Los_Angeles" };
    expect(planReconciliation(shop, NOW, NOW).days?.to).toBe("2026-06-09");
  });

  it("reach back to the first sale once after each backfill", () => {
    const whole = { from: "2024-02-10", to: "2026-06-10" };
    expect(planReconciliation({ ...SHOP, wholeCheckedAt: null }, NOW, NOW).history).toEqual(whole);
    const again = { ...SHOP, historyCompleteAt: new Date("2026-06-10T12:00:00Z") };
    expect(planReconciliation(again, NOW, NOW).history).toEqual(whole);
    const young = { ...SHOP, wholeCheckedAt: null, firstDay: "2026-06-01" };
    expect(planReconciliation(young, NOW, NOW).history).toEqual({
      from: "2026-03-13",
      to: "2026-06-10",
    });
  });

  it("leave out what orders that Shopify hides take part in", () => {
    const shop = {
      ...SHOP,
      wholeCheckedAt: null,
      seesAllOrders: false,
      figuresCompleteFrom: new Date("2026-05-20T10:00:00Z"),
    };
    const visible = { from: "2026-05-21", to: "2026-06-10" };
    expect(planReconciliation(shop, NOW, NOW)).toMatchObject({ days: visible, history: visible });
    const since = { ...shop, figuresCompleteFrom: new Date("2026-06-10T10:00:00Z") };
    expect(planReconciliation(since, NOW, NOW)).toMatchObject({ days: null, history: null });
  });
});
