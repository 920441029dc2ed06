import type { LineRecord, OrderRecord } from "../records";
import { balance, capturable, received, refunded } from "./payments";

/** Units of each line, by what became of them. */
export interface LineUnits {
  current: number;
  fulfilled: number;
}

export function lineUnits(record: OrderRecord, line: LineRecord): LineUnits {
  let current = line.quantity;
  for (const agreement of record.agreements) {
    for (const sale of agreement.sales) {
      if (sale.ref === line.id && sale.action === "RETURN") current += sale.quantity ?? 0;
    }
  }
  let fulfilled = 0;
  for (const fulfillment of record.fulfillments) {
    if (fulfillment.cancelled) continue;
    for (const item of fulfillment.lines) if (item.lineId === line.id) fulfilled += item.quantity;
  }
  return { current, fulfilled };
}

/** `displayFinancialStatus`; null for a new order on which nobody has tried to pay. */
export function financialStatus(record: OrderRecord): string | null {
  const paid = received(record, "settles");
  const back = refunded(record, "settles");
  if (back > 0) return back >= paid ? "REFUNDED" : "PARTIALLY_REFUNDED";
  if (paid > 0) return balance(record) > 0 ? "PARTIALLY_PAID" : "PAID";
  if (capturable(record) > 0) return "AUTHORIZED";
  if (record.cancelledAt !== null || record.transactions.some((t) => t.kind === "VOID")) {
    return "VOIDED";
  }
  if (record.transactions.some((t) => t.status === "PENDING")) return "PENDING";
  return balance(record) === 0 ? "PAID" : null;
}

/** `displayFulfillmentStatus` by what has been sent of what must be. */
export function fulfillmentStatus(record: OrderRecord): string {
  let due = 0;
  let sent = 0;
  for (const line of record.lines) {
    if (!line.requiresShipping && record.sourceName !== "pos") continue;
    const units = lineUnits(record, line);
    due += Math.max(units.current, units.fulfilled);
    sent += units.fulfilled;
  }
  if (sent > 0) return sent >= due ? "FULFILLED" : "PARTIALLY_FULFILLED";
  return due === 0 && record.fulfillments.length > 0 ? "FULFILLED" : "UNFULFILLED";
}

/** `returnStatus`. */
export function returnStatus(record: OrderRecord): string {
  if (record.returns.length === 0) return "NO_RETURN";
  return record.returns.some((item) => item.closedAt === null) ? "IN_PROGRESS" : "RETURNED";
}
