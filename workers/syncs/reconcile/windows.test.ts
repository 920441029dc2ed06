import fc from "fast-check";
import { expect, test } from "vitest";
import { deletedAmong } from "./deleted-among";
import { countedWindow, halved } from "./windows";

const TO = "2026-06-11T01:05:00.000Z";

test("everything is counted, or what is surely shown without read_all_orders", () => {
  expect(countedWindow(TO, true)).toEqual({ from: "2006-01-01T00:00:00.000Z", to: TO });
  expect(countedWindow(TO, false)).toEqual({ from: "2026-04-13T01:05:00.000Z", to: TO });
});

test("a window falls into two that meet, until a second is left", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e9 }),
      fc.integer({ min: 1, max: 1e9 }),
      (from, length) => {
        const window = {
          from: new Date(from * 1000).toISOString(),
          to: new Date((from + length) * 1000).toISOString(),
        };
        const halves = halved(window);
        if (length === 1) return halves === null;
        const [early, late] = halves ?? [];
        return (
          early?.from === window.from &&
          early.to === late?.from &&
          late.to === window.to &&
          early.from < early.to &&
          late.from < late.to
        );
      },
    ),
  );
});

test("an order that Shopify does not answer is deleted only where Shopify would show it", () => {
  const now = new Date(TO);
  const stored = new Map([
    ["1", { createdAt: new Date("2026-06-01T00:00:00Z"), updatedAt: null }],
    ["2", { createdAt: new Date("2026-03-01T00:00:00Z"), updatedAt: null }],
    ["3", { createdAt: null, updatedAt: null }],
  ]);
  expect(deletedAmong(stored, true, now)).toEqual(["1", "2", "3"]);
  expect(deletedAmong(stored, false, now)).toEqual(["1"]);
});
