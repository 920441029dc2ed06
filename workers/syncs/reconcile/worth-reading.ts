import type { Day } from "~/lib/time";
import { PRIORITY } from "~/sync/priorities";
import {
  type ComparedFigure,
  differingPeriods,
  newlyDiffering,
} from "~/warehouse/reconciliation/compare-periods";
import type { SyncContext } from "../context";

/** The days whose orders are read again: every one that differs where a person asked for it. */
export function worthReading(
  { job }: Pick<SyncContext, "job">,
  figures: readonly ComparedFigure[],
  standing: readonly ComparedFigure[],
): Day[] {
  if (job.priority === PRIORITY.PERSON) return differingPeriods(figures);
  return newlyDiffering(figures, standing);
}
