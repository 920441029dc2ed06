/** So many failures without any progress in between end a job. */
export const MAX_ATTEMPTS = 8;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 5 * 60_000;

/**
 * How long a job rests after a retryable error: what the API asked for, else doubling from a
 * second to five minutes. Null when it failed too often without any progress in between.
 */
export function retryDelayMs(failuresBefore: number, hintMs?: number): number | null {
  if (failuresBefore + 1 >= MAX_ATTEMPTS) return null;
  return hintMs ?? Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failuresBefore);
}
