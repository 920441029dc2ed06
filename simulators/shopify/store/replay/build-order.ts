import { IdRange, numberedId } from "../ids";
import type { OrderDraft } from "../orders/draft";
import { ledgerTotal } from "../orders/draft";
import { addTransaction } from "../orders/payments";
import { placeOrder } from "../orders/place";
import { refundOrder } from "../orders/refunds";
import type { LineInput } from "../orders/sell";
import type { OrderRecord } from "../records";
import type { ProductRecord } from "../records-catalogue";
import type { LogOrder } from "./group-log";
import type { LogRow } from "./read-log";

/** Where an order stands in the store: its position, and the first of its ids. */
export interface LogPlace {
  position: number;
  firstId: number;
}

/** Ids of one kind that an order's rows can use up: each row sells once and comes back at most twice. */
export function idsNeeded(order: LogOrder): number {
  return 2 * (order.sales.length + order.refunds.length) + 8;
}

/** The order of some rows of the log: sold without tax or shipping, paid at once, refunded as logged. */
export function buildOrder(
  order: LogOrder,
  place: LogPlace,
  currency: string,
  products: ReadonlyMap<string, ProductRecord>,
): OrderRecord {
  const draft = placeOrder(
    {
      currency,
      createdAt: order.at,
      customer: order.customer,
      email: order.email ?? order.customer?.email ?? null,
      lines: order.sales.map((row) => lineOf(row, products.get(row.sku))),
    },
    { id: numberedId("Order", place.position), number: place.position + 1, name: order.name },
    new IdRange(place.firstId, idsNeeded(order)),
  );
  const total = ledgerTotal(draft.record);
  if (total > 0)
    addTransaction(draft, { at: order.at, kind: "SALE", settles: total, gateway: "manual" });
  for (const rows of sameCredit(order.refunds)) refundRows(draft, rows);
  return draft.record;
}

function lineOf(row: LogRow, product: ProductRecord | undefined): LineInput {
  return {
    kind: "PRODUCT",
    title: row.title || row.sku || "Item",
    variantTitle: null,
    sku: row.sku || null,
    vendor: product?.vendor ?? null,
    productId: product?.id ?? null,
    variantId: product?.variants[0]?.id ?? null,
    requiresShipping: true,
    weightGrams: 0,
    unitPrice: row.unitPrice,
    quantity: row.quantity,
    total: row.amount,
    taxRates: [],
  };
}

/** Refund rows of one credit note and one instant are one refund. */
function sameCredit(rows: LogRow[]): LogRow[][] {
  const groups = new Map<string, LogRow[]>();
  for (const row of rows) {
    const key = `${row.at} ${row.orderId}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/**
 * Units of the named sku come back while there are any; whatever the log's amount differs from
 * their price is booked as ADJUSTMENT, so that the day's returns are the log's to the cent.
 */
function refundRows(draft: OrderDraft, rows: LogRow[]): void {
  const wanted = new Map<number, number>();
  for (const row of rows) {
    let missing = row.quantity;
    for (const line of draft.record.lines) {
      if (missing === 0) break;
      if ((line.sku ?? "") !== row.sku) continue;
      const free = (draft.rest.get(line.id)?.quantity ?? 0) - (wanted.get(line.id) ?? 0);
      const units = Math.min(free, missing);
      if (units <= 0) continue;
      wanted.set(line.id, (wanted.get(line.id) ?? 0) + units);
      missing -= units;
    }
  }
  refundOrder(draft, {
    at: rows[0]?.at ?? draft.record.createdAt,
    lines: [...wanted].map(([lineId, quantity]) => ({ lineId, quantity })),
    pay: rows.reduce((sum, row) => sum + row.amount, 0),
  });
}
