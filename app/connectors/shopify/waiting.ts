import type { RawAnswer } from "./answer-errors.server";

const MIN_THROTTLE_MS = 100;
/** Where a THROTTLED answer does not say how full the bucket is. */
const BLIND_THROTTLE_MS = 1_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 10_000;

/**
 * How long to wait before a throttled query fits into the bucket:
 * (requested − currently available) ÷ restore rate. Null when the answer is not a throttled one.
 */
export function throttleWaitMs({ graphqlErrors, extensions }: RawAnswer): number | null {
  if (!graphqlErrors.some((error) => error.extensions?.code === "THROTTLED")) return null;
  const cost = extensions.cost;
  if (!cost) return BLIND_THROTTLE_MS;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.max(MIN_THROTTLE_MS, Math.ceil((missing / cost.throttleStatus.restoreRate) * 1000));
}

/** A pause that doubles with every failure, from half a second to ten. */
export function backoffMs(failures: number): number {
  return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
}
