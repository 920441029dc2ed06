import Big from "big.js";
import { expect } from "vitest";
import type { ShopMetrics } from "~/metrics/schema";
import {
  COUNT_FIGURES,
  type DayFigures,
  MONEY_FIGURES,
  salesByDay,
  sumOfDays,
  type TruthOrder,
} from "../independent/sales-by-day";

type Row = Record<string, string | number | null>;

/**
 * Holds an answer of the metrics API against the independent computation over the stand-in's truth:
 * all days, all figures, and the totals. The answer's range must hold every day of the truth.
 */
export function expectSameFigures(metrics: ShopMetrics, truth: readonly object[]): void {
  const expected = salesByDay(truth as readonly TruthOrder[], metrics.timezone);
  const days = new Map<string, Row>(metrics.daily.map(({ date, ...values }) => [date, values]));
  const missing = [...expected.keys()].filter((day) => !days.has(day));
  expect(missing, "days of the truth outside the range that was asked for").toEqual([]);
  const nothing = sumOfDays([]);
  for (const [day, values] of days) {
    expect(figuresOf(values), day).toEqual(figuresOf(written(expected.get(day) ?? nothing)));
  }
  const { returning_customers: _persons, ...totals } = metrics.totals;
  const { returning_customers: _days, ...sums } = written(sumOfDays(expected.values()));
  expect(figuresOf(totals), "totals").toEqual(figuresOf(sums));
}

/** Amounts by value, so that "1.50" and "1.5" are one; ratios are made from sums of the answer. */
function figuresOf(values: Row): Row {
  const money = MONEY_FIGURES.filter((figure) => figure !== "placed_sales").map((figure) => [
    figure,
    new Big(values[figure] ?? "NaN").toFixed(4),
  ]);
  const counts = COUNT_FIGURES.filter((figure) => figure in values).map((figure) => [
    figure,
    values[figure] ?? null,
  ]);
  const { aov, refund_rate } = values;
  return Object.fromEntries([...money, ...counts, ["aov", aov], ["refund_rate", refund_rate]]);
}

function written(day: DayFigures): Row {
  const money = MONEY_FIGURES.map((figure) => [figure, day[figure].toFixed()]);
  const counts = COUNT_FIGURES.map((figure) => [figure, day[figure]]);
  return {
    ...Object.fromEntries([...money, ...counts]),
    aov: quotient(day.placed_sales, new Big(day.orders)),
    refund_rate: quotient(day.returns, day.gross_sales.minus(day.discounts)),
  };
}

/** 4 decimals, half to even: 40 exact digits are enough to see on which side of a half it lies. */
function quotient(top: Big, bottom: Big): string | null {
  if (bottom.eq(0)) return null;
  const Exact = Big();
  Exact.DP = 40;
  return new Exact(top.toFixed()).div(bottom.toFixed()).toFixed(4, Big.roundHalfEven);
}
