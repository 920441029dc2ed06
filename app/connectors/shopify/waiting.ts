import type { RawAnswer } from "./answer-errors.server";

const MIN_THROTTLE_MS = 100;
/** Where a THROTTLED answer does not say how full the bucket is. */
const BLIND_THROTTLE_MS = 1_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 10_000;

/** Whether Shopify refused the query because the shop's bucket did not hold its points. */
export function isThrottled({ graphqlErrors }: RawAnswer): boolean {
  return graphqlErrors.some((error) => error.extensions?.code === "THROTTLED");
}

/**
 * How long to wait before a throttled query fits into the bucket:
 * (requested − currently available) ÷ restore rate. Null when the answer is not a throttled one.
 */
export function throttleWaitMs(answer: RawAnswer): number | null {
  if (!isThrottled(answer)) return null;
  const cost = answer.extensions.cost;
  if (!cost) return BLIND_THROTTLE_MS;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.max(MIN_THROTTLE_MS, Math.ceil((missing / cost.throttleStatus.restoreRate) * 1000));
}

/** How long a 429 asks to wait, a second where it does not say. Null for any other answer. */
export function tooManyWaitMs({ status, retryAfterMs }: RawAnswer): number | null {
  return status === 429 ? (retryAfterMs ?? BLIND_THROTTLE_MS) : null;
}

/** A pause that doubles with every failure, from half a second to ten. */
export function backoffMs(failures: number): number {
  return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
}
