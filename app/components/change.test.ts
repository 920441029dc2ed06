import { describe, expect, it } from "vitest";
import { changeAgainst } from "./change";

describe("the change against the period before", () => {
  it.each([
    ["110.00", "100.00", true, { direction: "up", fraction: "0.1000", tone: "good" }],
    ["90.00", "100.00", true, { direction: "down", fraction: "0.1000", tone: "bad" }],
    ["110.00", "100.00", false, { direction: "up", fraction: "0.1000", tone: "bad" }],
    ["90.00", "100.00", false, { direction: "down", fraction: "0.1000", tone: "good" }],
    [5, 4, null, { direction: "up", fraction: "0.2500", tone: "neutral" }],
    [4, 4, true, { direction: "same", fraction: "0.0000", tone: "neutral" }],
    ["0.30", "0.10", true, { direction: "up", fraction: "2.0000", tone: "good" }],
    // Less returned than refunded: from -50 to -25 is a rise by half.
    ["-25.00", "-50.00", true, { direction: "up", fraction: "0.5000", tone: "good" }],
  ])("from %s against %s (higher is better: %s)", (value, before, better, change) => {
    expect(changeAgainst(value, before, better)).toEqual(change);
  });

  it.each([
    ["10.00", "0.00"],
    [null, "1.00"],
    ["1.00", null],
    [0, 0],
  ])("is none from %s against %s", (value, before) => {
    expect(changeAgainst(value, before, true)).toBeNull();
  });
});
