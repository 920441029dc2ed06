import { expect, test } from "vitest";
import { cornerInstants } from "./corners";

const now = new Date("2026-11-20T12:00:00Z");
const instants = (ianaTimezone: string) =>
  cornerInstants({ days: 400, now, ianaTimezone }).map((at) => new Date(at).toISOString());

test("stand on either side of each change of the clock, and of the days that it makes longer or shorter", () => {
  const found = instants("America/New_York");
  for (const [change, first, last] of [
    ["2026-03-08T07:00:00.000Z", "2026-03-08T05:00:00.000Z", "2026-03-09T03:59:59.000Z"],
    ["2026-11-01T06:00:00.000Z", "2026-11-01T04:00:00.000Z", "2026-11-02T04:59:59.000Z"],
  ] as const) {
    const before = new Date(Date.parse(change) - 1000).toISOString();
    expect(found).toEqual(expect.arrayContaining([before, change, first, last]));
  }
});

test("know a day that has no first hour", () => {
  // Chile's clocks go from 24:00 of the 5th of September to 1:00 of the 6th.
  expect(instants("America/Santiago")).toEqual(
    expect.arrayContaining(["2026-09-06T03:59:59.000Z", "2026-09-06T04:00:00.000Z"]),
  );
});

test("are ordinary midnights alone where the clock never changes", () => {
  const found = instants("Asia/Tokyo");
  expect(found.length).toBeGreaterThan(8);
  expect(found.every((at) => /T1(5:00:00|4:59:59)\.000Z$/.test(at))).toBe(true);
});
