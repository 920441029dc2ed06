import type pg from "pg";
import type { DayRange } from "~/lib/time";
import type { BrokenOrders } from "./broken-by-day";
import { brokenCurrentTotals } from "./broken-current-totals.server";
import type { BrokenOrder, BrokenQuestion } from "./broken-orders";
import { brokenPlacedTotals } from "./broken-placed-totals.server";

const PAGE = 1_000;

/** All orders placed in the range (both ends inclusive, days of the shop) that break an identity. */
export async function brokenIdentities(
  client: pg.ClientBase,
  shopId: string,
  timezone: string,
  { from, to }: DayRange,
): Promise<BrokenOrders> {
  const all = async (
    question: (client: pg.ClientBase, asked: BrokenQuestion) => Promise<BrokenOrder[]>,
  ) => {
    const found: BrokenOrder[] = [];
    for (;;) {
      const afterId = found.at(-1)?.orderId ?? "0";
      const page = await question(client, { shopId, timezone, from, to, afterId, limit: PAGE });
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  };
  return {
    orders_off_total_price: await all(brokenPlacedTotals),
    orders_off_current_total: await all(brokenCurrentTotals),
  };
}
