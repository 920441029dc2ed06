import { z } from "zod";
import type { DayRange } from "~/lib/time";

/** Days of the shop on which the orders were placed, and where the last answer ended. */
export interface BrokenQuestion extends DayRange {
  shopId: string;
  timezone: string;
  /** Ids above this one are answered, ascending. */
  afterId: string;
  limit: number;
}

const rowSchema = z.object({
  order_id: z.string(),
  name: z.string().nullable(),
  day: z.string(),
  ledger: z.string(),
  total: z.string(),
});

/** An order that breaks an identity: what its ledger adds up to against the order's own total. */
export interface BrokenOrder {
  orderId: string;
  name: string | null;
  /** Placed on, in the shop's zone. */
  day: string;
  /** Decimal strings in shop money. */
  ledger: string;
  total: string;
}

/** Rows of a question about broken orders, checked. */
export function brokenOrders(rows: readonly unknown[]): BrokenOrder[] {
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ order_id, ...row }) => ({ orderId: order_id, ...row }));
}
