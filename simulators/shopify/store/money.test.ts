import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deal, formatMoney, lastUnitsShare, mulDiv, parseMoney } from "./money";

describe("money", () => {
  test.each([
    [5500, "USD", "55.0"],
    [1234, "USD", "12.34"],
    [-5, "USD", "-0.05"],
    [0, "USD", "0.0"],
    [1200, "JPY", "1200.0"],
    [1234, "KWD", "1.234"],
  ])("%i minor units of %s read %s", (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
    expect(parseMoney(text, currency)).toBe(minor);
  });

  test("an amount finer than its currency is refused", () => {
    expect(() => parseMoney("1.5", "JPY")).toThrow("JPY");
    expect(() => parseMoney("1.005", "USD")).toThrow("1.005");
  });

  test("odd cents go out one at a time from the first entry on", () => {
    expect(deal(1000, [1, 1, 1])).toEqual([334, 333, 333]);
    expect(deal(5, [0, 1, 1])).toEqual([0, 3, 2]);
    expect(deal(0, [])).toEqual([]);
  });

  test("dealing loses nothing, and units taken back one by one add up to the whole", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), weights, (total, shares) => {
        const dealt = deal(total, shares).reduce((a, b) => a + b, 0);
        return dealt === (shares.some((share) => share > 0) ? total : 0);
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 1, max: 9 }),
        (total, units) => {
          let left = total;
          for (let of = units; of > 0; of -= 1) left -= lastUnitsShare(left, 1, of);
          return left === 0;
        },
      ),
    );
  });

  test("halves are rounded away from zero, small and huge alike", () => {
    expect(mulDiv(9000, 82_500, 1_000_000)).toBe(743);
    expect(mulDiv(-500, 82_500, 1_000_000)).toBe(-41);
    expect(mulDiv(1, 1, 2)).toBe(1);
    expect(mulDiv(9_000_000_000_001, 1_500_000, 1_000_000)).toBe(13_500_000_000_002);
  });
});
