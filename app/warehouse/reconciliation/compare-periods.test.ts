import { describe, expect, it } from "vitest";
import { comparePeriods, differingPeriods, newlyDiffering } from "./compare-periods";

const figures = (of: Record<string, string>) => new Map([["2026-06-01", of]]);

describe("comparing periods", () => {
  it("holds every metric against Shopify's, whatever way an amount is written", () => {
    const compared = comparePeriods(
      ["2026-06-01"],
      figures({ gross_sales: "100.00", taxes: "7.43", unclassified: "0" }),
      figures({ gross_sales: "100", taxes: "7.430" }),
    );
    expect(compared).toHaveLength(12);
    expect(differingPeriods(compared)).toEqual([]);
    expect(new Set(compared.map(({ difference }) => difference))).toEqual(new Set(["0"]));
  });

  it("is exact where floats are not", () => {
    const compared = comparePeriods(
      ["2026-06-01"],
      figures({ taxes: "9007199254740993.01" }),
      figures({ taxes: "9007199254740993" }),
    );
    expect(compared.find(({ metric }) => metric === "taxes")).toEqual({
      day: "2026-06-01",
      metric: "taxes",
      ours: "9007199254740993.01",
      theirs: "9007199254740993",
      difference: "0.01",
    });
  });

  it("takes a day that one side does not name for a day without sales", () => {
    const days = ["2026-06-01", "2026-06-02"];
    const ours = comparePeriods(days, figures({ orders: "2" }), new Map());
    const theirs = comparePeriods(days, new Map(), figures({ orders: "2" }));
    expect(differingPeriods(ours)).toEqual(["2026-06-01"]);
    expect(theirs.find(({ difference }) => difference !== "0")?.difference).toBe("-2");
  });

  it("lets no unclassified sale pass, on which Shopify's report is silent", () => {
    const compared = comparePeriods(["2026-06-01"], figures({ unclassified: "-3" }), new Map());
    expect(differingPeriods(compared)).toEqual(["2026-06-01"]);
  });

  it("tells a difference that is new from one that stands as it stood", () => {
    const compare = (taxes: string) =>
      comparePeriods(["2026-06-01"], figures({ taxes }), figures({ taxes: "1" }));
    expect(newlyDiffering(compare("2"), [])).toEqual(["2026-06-01"]);
    expect(newlyDiffering(compare("2"), compare("2"))).toEqual([]);
    expect(newlyDiffering(compare("2"), compare("3"))).toEqual(["2026-06-01"]);
    expect(newlyDiffering(compare("1"), compare("3"))).toEqual([]);
  });
});
