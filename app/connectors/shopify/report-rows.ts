import Big from "big.js";
import { DefectError } from "~/lib/errors";
import type { Day } from "~/lib/time";
import {
  REPORT_METRICS,
  type ReportFigures,
  type ReportMetric,
  type ReportRow,
} from "./report-schemas";

/** Shopify's names where they are not ours; `returns` is named by the API's version. */
const COLUMN: Readonly<Partial<Record<ReportMetric, string>>> = { shipping: "shipping_charges" };

/** Shopify shows what lessens sales as negative; our own figures of these are positive. */
const NEGATED: ReadonlySet<ReportMetric> = new Set(["discounts", "returns"]);

export type ReturnsColumn = "returns" | "sales_reversals";

/** The report's column of a metric. */
export function columnOf(metric: ReportMetric, returns: ReturnsColumn): string {
  return metric === "returns" ? returns : (COLUMN[metric] ?? metric);
}

const DATE = /^(\d{4}-\d{2})(-\d{2})?/;

/**
 * The rows of a report by their period (the month's first day for months): objects or positional
 * arrays, values as strings or numbers. A row without a period is a total and is left out. Throws
 * DefectError `SHOPIFYQL_SHAPE` when a column is missing or a value is no number.
 */
export function reportRows(
  columns: readonly string[],
  rows: readonly ReportRow[],
  grain: "day" | "month",
  returns: ReturnsColumn,
): Map<Day, ReportFigures> {
  const found = new Map<Day, ReportFigures>();
  for (const row of rows) {
    const cells = Array.isArray(row)
      ? Object.fromEntries(columns.map((name, index) => [name, row[index]]))
      : row;
    const period = periodOf(cells[grain]);
    if (period === null) continue;
    const figures = REPORT_METRICS.map((metric) => {
      const amount = decimalOf(cells[columnOf(metric, returns)], metric);
      return [metric, (NEGATED.has(metric) ? amount.neg() : amount).toFixed()];
    });
    found.set(period, Object.fromEntries(figures) as ReportFigures);
  }
  return found;
}

function periodOf(cell: string | number | null | undefined): Day | null {
  if (cell === null) return null;
  const parts = DATE.exec(String(cell));
  if (!parts) throw wrongShape(`the period "${cell}"`);
  return `${parts[1]}${parts[2] ?? "-01"}`;
}

/** An empty cell is a sum over nothing. */
function decimalOf(cell: string | number | null | undefined, metric: ReportMetric): Big {
  if (cell === undefined) throw wrongShape(`no column for ${metric}`);
  try {
    return new Big(cell === null || cell === "" ? 0 : String(cell));
  } catch (cause) {
    throw wrongShape(`the value "${cell}" of ${metric}`, cause);
  }
}

function wrongShape(what: string, cause?: unknown): DefectError {
  return new DefectError(`Shopify's sales report has ${what}.`, {
    code: "SHOPIFYQL_SHAPE",
    task: "sales_report",
    cause,
  });
}
