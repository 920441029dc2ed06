import { describe, expect, it } from "vitest";
import { RANGE_PRESETS } from "~/metrics/day-range";
import { dateOfDay, dayOfDate } from "./calendar-day";
import { RANGE_CHOICES, rangeName, withRange } from "./range-names";

describe("the range control", () => {
  it("offers every preset that the parser knows, and custom", () => {
    expect(RANGE_CHOICES.map(({ value }) => value)).toEqual([...RANGE_PRESETS, "custom"]);
    expect(rangeName("last_30")).toBe("Last 30 days");
  });

  it("keeps what the frame needs in the URL and drops used-up proofs and the old range", () => {
    const query = new URLSearchParams(
      "embedded=1&shop=a.myshopify.com&host=aa&id_token=t&hmac=h&session=s&timestamp=1&range=custom&from=2026-01-01&to=2026-01-02",
    );
    expect(withRange(query, { range: "last_7" }).toString()).toBe(
      "embedded=1&shop=a.myshopify.com&host=aa&range=last_7",
    );
    const custom = withRange(query, { range: "custom", from: "2026-02-01", to: "2026-02-03" });
    expect(custom.toString()).toContain("range=custom&from=2026-02-01&to=2026-02-03");
  });
});

describe("the calendar", () => {
  it.each(["2026-03-29", "2026-10-25", "2024-02-29", "2026-01-01", "2026-12-31"])(
    "gives %s back as it took it",
    (day) => {
      expect(dayOfDate(dateOfDay(day))).toBe(day);
    },
  );
});
