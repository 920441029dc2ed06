import { readSalesReport } from "~/connectors/shopify/sales-report.server";
import { addDays, type Day, type DayRange, listDays } from "~/lib/time";
import { saveCheckpoint } from "~/sync/leased-job.server";
import {
  COMPARED_METRICS,
  type ComparedFigure,
  comparePeriods,
  differingPeriods,
} from "~/warehouse/reconciliation/compare-periods";
import { ownFigures } from "~/warehouse/reconciliation/own-figures.server";
import { recordComparison } from "~/warehouse/reconciliation/record-comparison.server";
import { standingDifferences } from "~/warehouse/reconciliation/standing-differences.server";
import { type SyncContext, transaction } from "../context";
import type { ReconcileCheckpoint } from "./checkpoint";
import { worthReading } from "./worth-reading";

interface Compared {
  figures: ComparedFigure[];
  differing: Day[];
  /** Periods that were left out, since they hold sales in an earlier currency of the shop. */
  skipped: number;
}

/**
 * Compares a range with Shopify's report and writes the outcome down, with the checkpoint that
 * `then` leaves. Null, and nothing written, where there is no report.
 */
export async function compareRange(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
  { from, to, grain }: DayRange & { grain: "day" | "month" },
  then: (compared: Compared, standing: readonly ComparedFigure[]) => void,
): Promise<boolean> {
  const { job, admin, signal, progress, now } = context;
  const { currency } = checkpoint;
  const theirs = await readSalesReport(admin, { from, to, grain, signal });
  if (theirs === null) return false;
  await transaction(context, async (client) => {
    const own = await ownFigures(client, job.shopId, currency, { from, to, grain });
    const periods = periodsOf({ from, to }, grain);
    const comparable = periods.filter((period) => !own.inOtherCurrency.includes(period));
    const figures = comparePeriods(comparable, own.figures, theirs);
    const recorded = grain === "day" ? "DAY" : "MONTH";
    const standing = await standingDifferences(client, job.shopId, recorded);
    await recordComparison(client, job.shopId, figures, {
      currency,
      grain: recorded,
      metrics: COMPARED_METRICS,
      checkedAt: now(),
    });
    const skipped = periods.length - comparable.length;
    then({ figures, differing: differingPeriods(figures), skipped }, standing);
    await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  });
  return true;
}

/** The whole history by month: the days of a month that differs are looked at one by one. */
export async function compareMonths(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
): Promise<void> {
  const { history, days } = checkpoint;
  const first = checkpoint.phase === "MONTHS";
  if (history === null || days === null) throw new RangeError("no history to compare");
  const answered = await compareRange(
    context,
    checkpoint,
    { ...history, grain: "month" },
    ({ differing }) => {
      checkpoint.phase = first ? "DAYS" : "FINISH";
      if (!first) return;
      checkpoint.method = "SHOPIFYQL";
      const before = { from: history.from, to: addDays(days.from, -1) };
      checkpoint.toCompare.push(...differing.flatMap((month) => monthWithin(month, before)));
    },
  );
  if (!answered) withoutReport(checkpoint, first);
}

/** The days, one by one; those that differ are repaired next. */
export async function compareDays(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
): Promise<void> {
  const [range] = checkpoint.toCompare;
  if (!range) {
    checkpoint.phase = "REPAIR";
    return;
  }
  const answered = await compareRange(
    context,
    checkpoint,
    { ...range, grain: "day" },
    (compared, standing) => {
      checkpoint.method = "SHOPIFYQL";
      checkpoint.toCompare = checkpoint.toCompare.slice(1);
      checkpoint.toRepair.push(...worthReading(context, compared.figures, standing));
      checkpoint.daysSkipped += compared.skipped;
    },
  );
  if (!answered) withoutReport(checkpoint, true);
}

/** A right that is taken away in the middle ends the comparison as one that never was. */
function withoutReport(checkpoint: ReconcileCheckpoint, first: boolean): void {
  checkpoint.method = first ? "IDENTITIES" : checkpoint.method;
  checkpoint.phase = first ? "IDENTITIES" : "FINISH";
  checkpoint.toCompare = [];
  checkpoint.toRepair = [];
}

function periodsOf(range: DayRange, grain: "day" | "month"): Day[] {
  const days = listDays(range);
  if (grain === "day") return days;
  return [...new Set(days.map((day) => `${day.slice(0, 7)}-01`))];
}

/** The days of a month that lie within a range, as at most one range. */
function monthWithin(month: Day, { from, to }: DayRange): DayRange[] {
  const days = listDays({ from: month, to: addDays(month, 30) }).filter(
    (day) => day.slice(0, 7) === month.slice(0, 7) && day >= from && day <= to,
  );
  const [first] = days;
  const last = days.at(-1);
  return first && last ? [{ from: first, to: last }] : [];
}
