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
