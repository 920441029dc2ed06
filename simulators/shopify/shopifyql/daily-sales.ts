import { setImmediate as nextTurn } from "node:timers/promises";
import type { SimStore } from "../store/types";
import { ZoneDays } from "../store/zone-days";
import { bookOrder, noSales, type SalesSums } from "./columns";

/** Longest stretch of work between two turns of the event loop. */
const SLICE_MS = 20;

/**
 * The shop's sales by day of its own zone, straight from the ledgers of its records. Null where the
 * store holds no records (hand-made nodes).
 */
export async function dailySales(store: SimStore): Promise<Map<number, SalesSums> | null> {
  const { records } = store;
  if (!records) return null;
  const days = new Map<number, SalesSums>();
  const zone = new ZoneDays(store.shop.ianaTimezone);
  const sumsAt = (at: number) => {
    const day = zone.day(at);
    const known = days.get(day);
    if (known) return known;
    const sums = noSales();
    days.set(day, sums);
    return sums;
  };
  let turn = performance.now();
  for (const { id } of [...store.heads]) {
    const record = records.order(id);
    if (record) bookOrder(record, sumsAt);
    if (performance.now() - turn < SLICE_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
  return days;
}
