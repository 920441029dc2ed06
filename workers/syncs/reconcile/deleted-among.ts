import type { StoredOrder } from "~/warehouse/reconciliation/stored-orders.server";

/** Shopify shows orders of the last 60 days without `read_all_orders`; a day to be safe. */
const SURELY_VISIBLE_MS = 59 * 86_400_000;

/**
 * Which of the stored orders that Shopify does not answer must be deleted: all of them where it
 * shows the app every order, else those that are young enough to be shown.
 */
export function deletedAmong(
  unanswered: ReadonlyMap<string, StoredOrder>,
  seesAllOrders: boolean,
  now: Date,
): string[] {
  const visibleSince = now.getTime() - SURELY_VISIBLE_MS;
  return [...unanswered]
    .filter(([, { createdAt }]) => seesAllOrders || (createdAt?.getTime() ?? 0) > visibleSince)
    .map(([id]) => id);
}
