import type { SaleRecord } from "../records-ledger";
import type { AdjustmentReason, RefundLineRecord, RefundRecord } from "../records-payments";
import { type OrderDraft, returnRow, takeUnits } from "./draft";
import { sum } from "./pricing";

export interface RefundInput {
  at: number;
  lines?: { lineId: number; quantity: number; restock?: RefundLineRecord["restock"] }[];
  /** Gives back what is left of the shipping and duties. */
  shipping?: boolean;
  /** Money paid back; what is owed to the customer when absent. A difference is booked as ADJUSTMENT. */
  pay?: number;
  /** Kept back of what is owed: a restocking fee taken off the refund. */
  withhold?: number;
  reason?: AdjustmentReason;
  note?: string | null;
  rateDriftPpm?: number;
}

/** Takes back what the refund names: its record and its RETURN rows. Throws when less is left. */
export function takeBack(
  draft: OrderDraft,
  input: RefundInput,
): { refund: RefundRecord; sales: SaleRecord[] } {
  const { record, ids } = draft;
  const refund: RefundRecord = {
    id: ids.next("Refund"),
    createdAt: input.at,
    note: input.note ?? null,
    returnId: null,
    lines: [],
    shipping: [],
    duties: [],
    adjustments: [],
    transactionIds: [],
  };
  const sales: SaleRecord[] = [];
  for (const { lineId, quantity, restock } of input.lines ?? []) {
    const line = record.lines.find((candidate) => candidate.id === lineId);
    if (!line) throw new Error(`Order ${record.name} holds no line ${lineId}`);
    const taken = takeUnits(draft, lineId, quantity);
    const tax = sum(taken.taxes);
    sales.push(returnRow(draft, line.kind, lineId, quantity, taken));
    refund.lines.push({
      id: ids.next("RefundLineItem"),
      lineId,
      quantity,
      price: line.unitPrice,
      // With taxes included the subtotal already holds its tax.
      subtotal: record.taxesIncluded ? taken.amount : taken.amount - tax,
      tax,
      restock: restock ?? "RETURN",
    });
  }
  if (input.shipping) takeBackShipping(draft, refund, sales);
  record.refunds.push(refund);
  return { refund, sales };
}

function takeBackShipping(draft: OrderDraft, refund: RefundRecord, sales: SaleRecord[]): void {
  const { record, ids } = draft;
  for (const { id: shippingId } of record.shipping) {
    if ((draft.rest.get(shippingId)?.quantity ?? 0) === 0) continue;
    const taken = takeUnits(draft, shippingId, 1);
    const tax = sum(taken.taxes);
    sales.push(returnRow(draft, "SHIPPING", shippingId, null, taken));
    const subtotal = record.taxesIncluded ? taken.amount : taken.amount - tax;
    refund.shipping.push({ id: ids.next("RefundShippingLine"), shippingId, subtotal, tax });
  }
  for (const { id: dutyId } of record.duties) {
    if ((draft.rest.get(dutyId)?.quantity ?? 0) === 0) continue;
    const taken = takeUnits(draft, dutyId, 1);
    sales.push(returnRow(draft, "DUTY", dutyId, null, taken));
    refund.duties.push({ dutyId, amount: taken.amount });
  }
}
