import type { CreatedWindow } from "./checkpoint";

/** Before Shopify was: nothing was created earlier. */
const BEGINNING = "2006-01-01T00:00:00.000Z";
/** What Shopify shows without `read_all_orders` is 60 days; a day to be safe. */
const SURELY_VISIBLE_MS = 59 * 86_400_000;
const SECOND_MS = 1_000;

/** The orders that are counted on both sides: created before `to`, and shown by Shopify. */
export function countedWindow(to: string, seesAllOrders: boolean): CreatedWindow {
  if (seesAllOrders) return { from: BEGINNING, to };
  return { from: new Date(Date.parse(to) - SURELY_VISIBLE_MS).toISOString(), to };
}

/** Shopify's search for a window. */
export function searchOf({ from, to }: CreatedWindow): string {
  return `created_at:>='${from}' AND created_at:<'${to}'`;
}

/** The window in two halves, cut at a whole second; null when it is too short to be cut. */
export function halved({ from, to }: CreatedWindow): [CreatedWindow, CreatedWindow] | null {
  const start = Date.parse(from);
  const middle = Math.floor((start + Date.parse(to)) / 2 / SECOND_MS) * SECOND_MS;
  if (middle <= start) return null;
  const cut = new Date(middle).toISOString();
  return [
    { from, to: cut },
    { from: cut, to },
  ];
}
