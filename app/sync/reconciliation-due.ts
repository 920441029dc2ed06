import { DateTime } from "luxon";

/** By then yesterday's last webhooks and Shopify's own report have settled, and nobody looks. */
const HOUR = 3;

export interface ReconciliationState {
  /** When the newest RECONCILE job of the shop ended, however it ended; null without one. */
  lastReconciledAt: Date | null;
  /** The shop's IANA zone. */
  timezone: string;
  now: Date;
  /** When the history was last loaded whole; null while it is not. */
  historyCompleteAt: Date | null;
}

/**
 * Whether a shop's figures are to be held against Shopify's: right after a backfill, and then once
 * after each 03:00 of the shop's clock (the first instant after it, where clocks jump over 03:00).
 */
export function reconciliationIsDue(state: ReconciliationState): boolean {
  const { lastReconciledAt, timezone, now, historyCompleteAt } = state;
  if (historyCompleteAt === null) return false;
  if (lastReconciledAt === null || lastReconciledAt < historyCompleteAt) return true;
  const local = DateTime.fromJSDate(now, { zone: timezone });
  const today = local.set({ hour: HOUR, minute: 0, second: 0, millisecond: 0 });
  const newest = today <= local ? today : today.minus({ days: 1 });
  return lastReconciledAt < newest.toJSDate();
}
