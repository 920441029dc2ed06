import { describe, expect, it } from "vitest";
import {
  formatAgo,
  formatClock,
  formatDay,
  formatDays,
  formatDuration,
  formatInstant,
  formatMetric,
  formatMoney,
  formatMultiple,
  formatTook,
  NO_VALUE,
} from "./format";

/** Intl parts figures and signs with spaces of several kinds. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");

describe("money", () => {
  it.each([
    ["1234.5", "en-US", "USD", "$1,234.50"],
    ["-1234.5", "en-US", "USD", "-$1,234.50"],
    ["1234.5", "de-DE", "EUR", "1.234,50 €"],
    ["1234", "en-US", "JPY", "¥1,234"],
    ["1.234", "en-US", "KWD", "KWD 1.234"],
  ])("%s in %s and %s is %s", (amount, locale, currency, written) => {
    expect(plain(formatMoney(amount, { locale, currency }))).toBe(written);
  });

  it("keeps every digit of an amount that no float can hold", () => {
    const writing = { locale: "en-US", currency: "USD" };
    expect(formatMoney("12345678901234567.89", writing)).toBe("$12,345,678,901,234,567.89");
  });
});

describe("a metric", () => {
  const writing = { locale: "en-US", currency: "USD" };
  it("is written by its unit, and as a dash without a value", () => {
    expect(formatMetric("58.1250", "moneyRatio", writing)).toBe("$58.13");
    expect(formatMetric(12340, "count", writing)).toBe("12,340");
    expect(formatMetric("0.1234", "ratio", writing)).toBe("12.3%");
    expect(formatMetric(null, "money", writing)).toBe(NO_VALUE);
    expect(formatMetric("0.00", "money", writing)).toBe("$0.00");
  });
});

describe("days", () => {
  it("stay what they are in any zone, in the person's English", () => {
    expect(formatDay("2026-03-01", "en-US")).toBe("Mar 1");
    expect(formatDay("2026-03-01", "en-GB")).toBe("1 Mar");
    expect(formatDay("2026-03-01", "fr-FR")).toBe("Mar 1");
  });

  it("make a range, or one day alone", () => {
    expect(plain(formatDays({ from: "2026-10-01", to: "2026-10-30" }, "en-US"))).toBe(
      "Oct 1 – 30, 2026",
    );
    expect(formatDays({ from: "2026-10-01", to: "2026-10-01" }, "en-US")).toBe("Oct 1, 2026");
  });
});

describe("instants", () => {
  it("are told by the shop's clock", () => {
    expect(plain(formatInstant("2026-11-20T02:30:00Z", "en-US", "America/New_York"))).toBe(
      "Nov 19, 2026, 9:30 PM",
    );
  });

  it.each([
    ["2026-11-20T12:00:00Z", "just now"],
    ["2026-11-20T12:00:30Z", "just now"],
    ["2026-11-20T11:59:00Z", "1 minute ago"],
    ["2026-11-20T11:57:01Z", "2 minutes ago"],
    ["2026-11-20T10:59:00Z", "1 hour ago"],
    ["2026-11-17T11:00:00Z", "3 days ago"],
  ])("%s is %s", (instant, words) => {
    expect(formatAgo(instant, "2026-11-20T12:00:00Z")).toBe(words);
  });

  it.each([
    [12, "less than a minute"],
    [80, "about 1 minute"],
    [240, "about 4 minutes"],
    [7_300, "about 2 hours"],
    [200_000, "about 2 days"],
  ])("%i seconds are %s", (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

it.each([
  ["3.4217", "en", "3.42×"],
  ["12.5000", "de", "12,50×"],
  ["0.0049", "en", "0.00×"],
])("%s in %s is how many times: %s", (multiple, locale, text) => {
  expect(formatMultiple(multiple, locale)).toBe(text);
});

describe("what is over", () => {
  it.each([
    [0.2, "1 s"],
    [59.6, "1 min"],
    [200, "3 min 20 s"],
    [3_600, "1 h"],
    [7_500, "2 h 5 min"],
  ])("%d seconds took %s", (seconds, written) => {
    expect(formatTook(seconds)).toBe(written);
  });
});

it("tells the time of day on the shop's clock", () => {
  expect(plain(formatClock("2026-11-20T19:05:00Z", "en-US", "America/New_York"))).toBe("2:05 PM");
});
