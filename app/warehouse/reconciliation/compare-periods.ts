import Big from "big.js";
import { REPORT_METRICS } from "~/connectors/shopify/report-schemas";
import type { Day } from "~/lib/time";

/**
 * What is held against Shopify's report. `unclassified` is not in it: rows that belong to no figure
 * must not exist, so it is held against 0.
 */
export const COMPARED_METRICS = [...REPORT_METRICS, "unclassified"] as const;

export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** Figures of a period as decimal strings; one that is absent is 0. */
export type PeriodFigures = Readonly<Partial<Record<ComparedMetric, string>>>;

/** A metric of a period: decimal strings in the shop's currency, `difference` = ours − theirs. */
export interface ComparedFigure {
  day: Day;
  metric: string;
  ours: string;
  theirs: string;
  difference: string;
}

/** Every metric of every period, ours against theirs, to the last digit. */
export function comparePeriods(
  periods: readonly Day[],
  ours: ReadonlyMap<Day, PeriodFigures>,
  theirs: ReadonlyMap<Day, PeriodFigures>,
): ComparedFigure[] {
  return periods.flatMap((day) =>
    COMPARED_METRICS.map((metric) =>
      compareFigure(day, metric, ours.get(day)?.[metric] ?? "0", theirs.get(day)?.[metric] ?? "0"),
    ),
  );
}

/** One metric of one period. */
export function compareFigure(
  day: Day,
  metric: string,
  ours: string,
  theirs: string,
): ComparedFigure {
  const difference = new Big(ours).minus(theirs);
  return {
    day,
    metric,
    ours: new Big(ours).toFixed(),
    theirs: new Big(theirs).toFixed(),
    difference: difference.eq(0) ? "0" : difference.toFixed(),
  };
}

/** The periods in which any metric differs, in order. */
export function differingPeriods(figures: readonly ComparedFigure[]): Day[] {
  const differing = figures.filter(({ difference }) => difference !== "0");
  return [...new Set(differing.map(({ day }) => day))].sort();
}

/**
 * The periods that differ otherwise than they did when last checked. One that differs exactly as
 * before was re-read then: reading it again every night would cost the shop's budget and change
 * nothing.
 */
export function newlyDiffering(
  figures: readonly ComparedFigure[],
  standing: readonly ComparedFigure[],
): Day[] {
  const words = (all: readonly ComparedFigure[], day: Day) =>
    all
      .filter((figure) => figure.day === day && figure.difference !== "0")
      .map(({ metric, ours, theirs }) => `${metric} ${ours} ${theirs}`)
      .sort()
      .join("\n");
  return differingPeriods(figures).filter((day) => words(figures, day) !== words(standing, day));
}
