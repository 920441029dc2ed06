import type { Urgency } from "~/lib/api-budget";

/**
 * How many seconds of head start a job gives to others: jobs go by `run_after` plus this, so that
 * nobody waits for ever.
 */
export const PRIORITY = {
  /** Somebody waits for it. */
  PERSON: 0,
  SCHEDULED: 60,
  /** The later turns of a long job. */
  LONG: 120,
} as const;

/** Whose part of an API's budget a job of this priority may use. */
export function urgencyOf({ priority }: { priority: number }): Urgency {
  return priority <= PRIORITY.PERSON ? "person" : "background";
}
