import type { JobType } from "./job-types";

/** What a job does for who waits for it: a greater one brings all that a lesser one would. */
const WEIGHT: Readonly<Record<JobType, number>> = {
  RECONCILE: 1,
  INCREMENTAL: 2,
  HISTORICAL_INIT: 3,
  HISTORICAL_REBUILD: 3,
};

/**
 * Whether a job in flight makes way for a wish: while nobody began it, for a greater one. Once begun,
 * only a check does, which may take long and for which nobody waits.
 */
export function makesWay(inFlight: { jobType: JobType; begun: boolean }, wish: JobType): boolean {
  const lesser = WEIGHT[inFlight.jobType] < WEIGHT[wish];
  return lesser && (!inFlight.begun || inFlight.jobType === "RECONCILE");
}
