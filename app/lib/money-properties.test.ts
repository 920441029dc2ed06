import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyDigits, moneyString, ratioString, sumMoney } from "./money";

/** A decimal string as Shopify may write one: any size, no or many decimals, negative, zero. */
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => written(digits, decimals));
const amounts = fc.array(amount, { maxLength: 20 });
const currency = fc.constantFrom("USD", "EUR", "JPY", "KWD", "CLP");
const SCALE = 6;

function written(digits: bigint, decimals: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, "0");
  const sign = digits < 0n ? "-" : "";
  if (decimals === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** Millionths as an integer: the arithmetic that the sums are held against. */
function exact(text: string): bigint {
  const [whole = "", decimals = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole + decimals.padEnd(SCALE, "0"));
  return text.startsWith("-") ? -value : value;
}

describe("sums of money", () => {
  it("lose no digit, however large and however many", () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const sum = list.reduce((total, text) => total + exact(text), 0n);
        expect(exact(sumMoney(list))).toBe(sum);
      }),
    );
  });

  it("do not depend on the order of what is added", () => {
    const shuffled = amounts.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(sumMoney(other)).toBe(sumMoney(list));
      }),
    );
  });

  it("do not depend on what is added up first", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        const [left, right] = [
          sumMoney([sumMoney([...a, ...b]), ...c]),
          sumMoney([...a, sumMoney([...b, ...c])]),
        ];
        expect(left).toBe(right);
        expect(left).toBe(sumMoney([...a, ...b, ...c]));
      }),
    );
  });

  it("have the decimals of the most precise amount, and none of their own", () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const most = Math.max(0, ...list.map((text) => text.split(".")[1]?.length ?? 0));
        expect(sumMoney(list).split(".")[1]?.length ?? 0).toBe(most);
      }),
    );
  });

  it("of an amount and its opposite are nothing, without a sign", () => {
    fc.assert(
      fc.property(amount, (text) => {
        const opposite = text.startsWith("-") ? text.slice(1) : `-${text}`;
        expect(sumMoney([text, opposite])).toMatch(/^0(\.0+)?$/);
      }),
    );
  });

  it("of the parts in which an amount is dealt out are the amount", () => {
    const dealt = fc.record({
      cents: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      weights: fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(dealt, ({ cents, weights }) => {
        const parts = deal(cents, weights.map(BigInt)).map((part) => written(part, 2));
        expect(sumMoney(parts)).toBe(written(cents, 2));
      }),
    );
  });
});

/** Shopify's way with odd cents: shares rounded down, what is left one cent at a time from the first. */
function deal(cents: bigint, weights: bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = weights.map((weight) => (cents * weight) / whole);
  const left = cents - shares.reduce((sum, share) => sum + share, 0n);
  return shares.map((share, index) => (BigInt(index) < left ? share + 1n : share));
}

describe("money as it is written", () => {
  it("has the value that it had, and comes back the same", () => {
    fc.assert(
      fc.property(amount, currency, (text, code) => {
        const shown = moneyString(text, code);
        expect(new Big(shown).eq(text)).toBe(true);
        expect(moneyString(shown, code)).toBe(shown);
        expect(moneyString(new Big(text), code)).toBe(shown);
      }),
    );
  });

  it("has at least the decimals of its currency, and is no power of ten", () => {
    fc.assert(
      fc.property(amount, currency, (text, code) => {
        const shown = moneyString(text, code);
        expect(shown).toMatch(/^-?\d+(\.\d+)?$/);
        expect(shown.split(".")[1]?.length ?? 0).toBeGreaterThanOrEqual(currencyDigits(code));
      }),
    );
  });
});

describe("ratios", () => {
  const nonZero = amount.filter((text) => !new Big(text).eq(0));

  it("do not change when both sides grow alike, nor by the sign of both", () => {
    fc.assert(
      fc.property(amount, nonZero, nonZero, (a, b, factor) => {
        const grown = (text: string) => new Big(text).times(factor).toFixed();
        expect(ratioString(grown(a), grown(b))).toBe(ratioString(a, b));
      }),
    );
  });

  it("of an amount to itself are one", () => {
    fc.assert(fc.property(nonZero, (a) => ratioString(a, a) === "1.0000"));
  });
});
