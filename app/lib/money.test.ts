import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyDigits, moneyString, ratioString } from "./money";

describe("moneyString", () => {
  it.each([
    ["15.0", "USD", "15.00"],
    ["15", "JPY", "15"],
    ["15.0", "JPY", "15"],
    ["1.5", "KWD", "1.500"],
    ["-20.7", "EUR", "-20.70"],
    ["0", "USD", "0.00"],
    ["0.125", "USD", "0.125"],
    ["123456789012345678901.10", "USD", "123456789012345678901.10"],
  ])("%s %s is written %s", (amount, currency, written) => {
    expect(moneyString(amount, currency)).toBe(written);
  });

  it("knows each currency's decimals", () => {
    expect(["USD", "JPY", "KWD"].map(currencyDigits)).toEqual([2, 0, 3]);
  });
});

describe("ratioString", () => {
  it.each([
    ["1", "3", "0.3333"],
    ["2", "3", "0.6667"],
    ["0.00005", "1", "0.0000"],
    ["0.00015", "1", "0.0002"],
    ["0.00025", "1", "0.0002"],
    ["-0.00025", "1", "-0.0002"],
    ["-0.00001", "1", "0.0000"],
    ["0.0000499999999999999999999999", "1", "0.0000"],
    ["0.0000500000000000000000000001", "1", "0.0001"],
    ["90", 1, "90.0000"],
    ["-5.00", "4", "-1.2500"],
  ])("%s ÷ %s = %s", (numerator, denominator, ratio) => {
    expect(ratioString(numerator, denominator)).toBe(ratio);
  });

  it("has no value over 0", () => {
    expect(ratioString("5", "0.00")).toBeNull();
    expect(ratioString("0", 0)).toBeNull();
  });

  it("is never further than half a unit of the last decimal from the true quotient", () => {
    const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        fc.pre(b !== 0n);
        const ratio = ratioString(a.toString(), b.toString());
        const off = new Big(ratio ?? "").times(b.toString()).minus(a.toString()).abs();
        return off.lte(new Big(b.toString()).abs().times("0.00005"));
      }),
    );
  });
});
