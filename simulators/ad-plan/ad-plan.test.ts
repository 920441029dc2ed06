import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, dayText } from "./days";
import { adPlan, runs } from "./index";
import { currencyOffset, majorUnits } from "./money";
import { deliveredBy } from "./season";
import { seenBy } from "./seen";
import type { AdPlanOptions } from "./types";

const DAY = 86_400_000;
const options: AdPlanOptions = {
  seed: 3,
  from: "2025-06-01",
  to: "2026-06-30",
  zone: "America/New_York",
  currency: "USD",
  scale: 500,
};
const plan = adPlan(options);
const days = Array.from({ length: 395 }, (_, n) => dayNumber("2025-06-01") + n);

describe("a plan", () => {
  it("is the same for a seed, whichever day is asked for first", () => {
    const other = adPlan(options);
    for (const day of [...days].reverse().slice(0, 40)) other.days(day);
    expect(other.days(days[200] ?? 0)).toEqual(plan.days(days[200] ?? 0));
    expect(adPlan({ ...options, seed: 4 }).days(days[200] ?? 0)).not.toEqual(
      plan.days(days[200] ?? 0),
    );
  });

  it("holds every kind of campaign, budget and end", () => {
    const { campaigns, adSets, ads } = plan;
    expect(new Set(campaigns.map((one) => one.objective)).size).toBeGreaterThanOrEqual(4);
    expect(campaigns.map((one) => one.buyingType)).toContain("RESERVED");
    expect(campaigns.some((one) => one.budget?.kind === "lifetime")).toBe(true);
    for (const adSet of adSets)
      expect(Boolean(adSet.budget)).not.toBe(Boolean(adSet.campaign.budget));
    expect(new Set(adSets.map((one) => one.attribution)).size).toBe(4);
    const ends = [...campaigns, ...adSets, ...ads].flatMap((one) =>
      one.endDay === null ? [] : [one.endStatus],
    );
    expect(new Set(ends)).toEqual(new Set(["PAUSED", "ARCHIVED", "DELETED"]));
    expect(Number(ads[0]?.id)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it("spends about what it was made for, and on some days an ad does not deliver", () => {
    const spent = days.map((day) => plan.days(day).reduce((sum, one) => sum + one.spend, 0));
    const mean = spent.reduce((a, b) => a + b, 0) / spent.length / 100;
    expect(mean).toBeGreaterThan(options.scale * 0.6);
    expect(mean).toBeLessThan(options.scale * 1.6);
    const running = days.flatMap((day) => plan.ads.filter((ad) => runs(ad, day))).length;
    const delivered = days.flatMap((day) => plan.days(day)).length;
    expect(delivered).toBeLessThan(running);
    expect(delivered).toBeGreaterThan(running * 0.9);
  });

  it("goes on after its last day", () => {
    expect(plan.days(dayNumber("2026-08-15")).length).toBeGreaterThan(0);
  });

  it("lets purchases come late, none later than 28 days", () => {
    const all = days.flatMap((day) =>
      plan.days(day).flatMap((one) => one.conversions.map((conversion) => ({ day, conversion }))),
    );
    const late = all.filter(({ day, conversion }) => {
      const known = conversion.knownAt - plan.bounds(day).start;
      expect(conversion.purchasedAt).toBeGreaterThanOrEqual(conversion.touchedAt);
      expect(known).toBeLessThanOrEqual(28 * DAY);
      return known > 7 * DAY;
    });
    expect(late.length / all.length).toBeGreaterThan(0.03);
  });
});

describe("a day as far as it has come", () => {
  it("only grows, and is whole when it is over", () => {
    const [whole] = plan.days(days[100] ?? 0);
    if (!whole) throw new Error("no delivery");
    const bounds = plan.bounds(whole.day);
    const segments = [{ from: bounds.start, to: bounds.end, rate: 1 }];
    let before = seenBy(whole, bounds, bounds.start, segments);
    expect(before.spend).toBe(0);
    for (let at = bounds.start; at <= bounds.end; at += 600_000) {
      const now = seenBy(whole, bounds, at, segments);
      expect(now.spend).toBeGreaterThanOrEqual(before.spend);
      expect(now.clicks).toBeLessThanOrEqual(now.impressions);
      before = now;
    }
    expect(before).toMatchObject({ spend: whole.spend, impressions: whole.impressions });
  });

  it("stops where it is paused", () => {
    const [whole] = plan.days(days[100] ?? 0);
    if (!whole) throw new Error("no delivery");
    const { start, end } = plan.bounds(whole.day);
    const noon = (start + end) / 2;
    const paused = seenBy(whole, { start, end }, end, [
      { from: start, to: noon, rate: 1 },
      { from: noon, to: end, rate: 0 },
    ]);
    expect(paused.spend).toBe(Math.floor(whole.spend * deliveredBy(0.5) + 1e-9));
  });
});

describe("days and money", () => {
  it("days are the zone's own, of 23 and 25 hours too", () => {
    const hours = (day: string) => {
      const { start, end } = plan.bounds(dayNumber(day));
      return (end - start) / 3_600_000;
    };
    expect([hours("2026-03-08"), hours("2025-11-02"), hours("2026-01-01")]).toEqual([23, 25, 24]);
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 25_000 }), (day) => {
        expect(dayNumber(dayText(day))).toBe(day);
        const { start, end } = plan.bounds(day);
        expect([plan.dayAt(start), plan.dayAt(end - 1)]).toEqual([day, day]);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ["USD", 100, "12.34", 1234],
    ["USD", 100, "0.05", 5],
    ["JPY", 1, "1234", 1234],
    ["HUF", 1, "90", 90],
    ["BHD", 100, "1.00", 100],
  ] as const)("%s has offset %i", (currency, offset, text, minor) => {
    expect(currencyOffset(currency)).toBe(offset);
    expect(majorUnits(minor, currency)).toBe(text);
  });
});
