import type { Day } from "~/lib/time";
import type { BrokenOrder } from "./broken-orders";
import { type ComparedFigure, compareFigure } from "./compare-periods";

/**
 * What stands for a day where Shopify's report may not be read: how many of its orders break an
 * identity, held against none.
 */
export const IDENTITY_METRICS = ["orders_off_total_price", "orders_off_current_total"] as const;

export type BrokenOrders = Readonly<
  Record<(typeof IDENTITY_METRICS)[number], readonly BrokenOrder[]>
>;

/** Broken orders by the day on which they were placed, both identities for every day. */
export function brokenByDay(days: readonly Day[], broken: BrokenOrders): ComparedFigure[] {
  return IDENTITY_METRICS.flatMap((metric) => {
    const counts = new Map<Day, number>();
    for (const { day } of broken[metric]) counts.set(day, (counts.get(day) ?? 0) + 1);
    return days.map((day) => compareFigure(day, metric, String(counts.get(day) ?? 0), "0"));
  });
}
