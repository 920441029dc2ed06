import { describe, expect, it } from "vitest";
import { addDays, countDays, isDay, listDays, periodBefore, shopDay } from "./time";

describe("days", () => {
  it("takes only days that exist", () => {
    expect(["2026-02-28", "2024-02-29"].every(isDay)).toBe(true);
    expect(["2026-02-29", "2026-2-1", "20260201", "2026-02-01T00:00:00Z", ""].some(isDay)).toBe(
      false,
    );
  });

  it.each([
    ["2026-03-08T04:59:59Z", "America/New_York", "2026-03-07"],
    ["2026-03-08T05:00:00Z", "America/New_York", "2026-03-08"],
    ["2026-03-09T03:59:59Z", "America/New_York", "2026-03-08"],
    ["2026-11-02T04:59:59Z", "America/New_York", "2026-11-01"],
    ["2026-01-01T00:00:00Z", "Pacific/Kiritimati", "2026-01-01"],
    ["2025-12-31T10:00:00Z", "Pacific/Kiritimati", "2026-01-01"],
    ["2026-01-01T00:00:00Z", "America/Los_Angeles", "2025-12-31"],
  ])("%s in %s is %s", (instant, zone, day) => {
    expect(shopDay(new Date(instant), zone)).toBe(day);
  });

  it("refuses a zone that does not exist", () => {
    expect(() => shopDay(new Date(), "Mars/Olympus")).toThrow(RangeError);
  });

  it("counts and lists whole days over a daylight-saving change", () => {
    const range = { from: "2026-03-06", to: "2026-03-10" };
    expect(countDays(range)).toBe(5);
    expect(listDays(range)).toEqual([
      "2026-03-06",
      "2026-03-07",
      "2026-03-08",
      "2026-03-09",
      "2026-03-10",
    ]);
    expect(periodBefore(range)).toEqual({ from: "2026-03-01", to: "2026-03-05" });
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  });
});
