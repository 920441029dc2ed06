import { describe, expect, it } from "vitest";
import { parseDayRange, parsePageRange } from "./day-range";

const today = "2026-11-20";
const query = (text: string) => new URLSearchParams(text);

describe("parseDayRange", () => {
  it("takes both ends, or neither", () => {
    expect(parseDayRange(query("from=2026-01-01&to=2026-01-31"), today)).toEqual({
      from: "2026-01-01",
      to: "2026-01-31",
    });
    expect(parseDayRange(query(""), today)).toEqual({ from: "2026-10-22", to: today });
  });

  it.each([
    "from=2026-01-01",
    "to=2026-01-01",
    "from=2026-02-01&to=2026-01-01",
    "from=2026-02-30&to=2026-03-01",
    "from=yesterday&to=today",
    "from=1800-01-01&to=2026-01-01",
    "from=&to=",
  ])("refuses %s", (text) => {
    expect(() => parseDayRange(query(text), today)).toThrow();
  });
});

describe("parsePageRange", () => {
  it.each([
    ["", "last_30", "2026-10-22", today],
    ["range=today", "today", today, today],
    ["range=yesterday", "yesterday", "2026-11-19", "2026-11-19"],
    ["range=last_7", "last_7", "2026-11-14", today],
    ["range=custom&from=2026-01-01&to=2026-01-02", "custom", "2026-01-01", "2026-01-02"],
  ])("reads %s", (text, range, from, to) => {
    expect(parsePageRange(query(text), today)).toEqual({ range, from, to, problem: null });
  });

  it.each(["range=decade", "range=custom&from=2026-01-02&to=2026-01-01", "range=custom"])(
    "says what is wrong with %s and shows the default",
    (text) => {
      const { range, from, to, problem } = parsePageRange(query(text), today);
      expect({ range, from, to }).toEqual({ range: "last_30", from: "2026-10-22", to: today });
      expect(problem).not.toBeNull();
    },
  );
});
