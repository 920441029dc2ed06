import type { AdjustmentReason, RefundLineRecord, RefundRecord, SaleRecord } from "../records";
import { addAgreement, type OrderDraft, returnRow, takeUnits, touch } from "./draft";
import { addTransaction, authorizationLeft, balance } from "./payments";
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

/**
 * A refund: RETURN rows for what comes back, a REFUND transaction for what is paid, and, where the
 * two differ, an ADJUSTMENT row of the difference (positive in the merchant's favour).
 */
export function refundOrder(draft: OrderDraft, input: RefundInput): RefundRecord {
  const { refund, sales } = takeBack(draft, input);
  settle(draft, input, refund, sales);
  addAgreement(draft, "RefundAgreement", input.at, refund.id, sales);
  return refund;
}

export interface ReturnInput extends RefundInput {
  fees?: { kind: "RestockingFee" | "ReturnShippingFee"; amount: number }[];
}

/**
 * A return by Shopify's Returns: its own agreement holds the RETURN rows and the fees as FEE rows;
 * the refund that pays it back has an agreement without rows unless the money differs.
 */
export function returnOrder(draft: OrderDraft, input: ReturnInput): RefundRecord {
  const { record, ids } = draft;
  const { refund, sales } = takeBack(draft, input);
  for (const fee of input.fees ?? []) {
    const id = ids.next("Fee");
    record.fees.push({ id, ...fee });
    sales.push({
      id: ids.next("Sale"),
      action: "ORDER",
      line: "FEE",
      quantity: null,
      ref: id,
      amount: fee.amount,
      taxes: [],
      discount: 0,
      discountAfterTaxes: 0,
    });
  }
  const id = ids.next("Return");
  const lines = refund.lines.map(({ lineId, quantity }) => ({
    id: ids.next("ReturnLineItem"),
    lineId,
    quantity,
  }));
  const name = `${record.name}-R${record.returns.length + 1}`;
  record.returns.push({ id, name, createdAt: input.at, closedAt: input.at, lines });
  refund.returnId = id;
  addAgreement(draft, "ReturnAgreement", input.at, id, sales);
  const difference: SaleRecord[] = [];
  settle(draft, input, refund, difference);
  addAgreement(draft, "RefundAgreement", input.at, refund.id, difference);
  return refund;
}

/** Cancels an order: all that is left comes back; an open authorisation is voided, money paid back. */
export function cancelOrder(draft: OrderDraft, at: number, cancelReason: string): void {
  const { record } = draft;
  for (const transaction of [...record.transactions]) {
    if (transaction.kind !== "AUTHORIZATION" || authorizationLeft(record, transaction) === 0)
      continue;
    addTransaction(draft, {
      at,
      kind: "VOID",
      settles: 0,
      gateway: transaction.gateway,
      parentId: transaction.id,
    });
  }
  const lines = record.lines.flatMap((line) => {
    const quantity = draft.rest.get(line.id)?.quantity ?? 0;
    return quantity > 0 ? [{ lineId: line.id, quantity, restock: "CANCEL" as const }] : [];
  });
  if (lines.length > 0) refundOrder(draft, { at, lines, shipping: true });
  record.cancelledAt = at;
  record.cancelReason = cancelReason;
  record.closedAt = at;
  touch(draft, at);
}

function takeBack(
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
    sales.push(returnRow(draft, "DUTY", dutyId, null, takeUnits(draft, dutyId, 1)));
  }
}

/** Pays back and books the difference between what was due and what was paid. */
function settle(
  draft: OrderDraft,
  input: RefundInput,
  refund: RefundRecord,
  sales: SaleRecord[],
): void {
  const { record, ids } = draft;
  const pending = sum(sales.map((sale) => sale.amount));
  const due = Math.max(0, 0 - (balance(record) + pending));
  const paid = input.pay ?? due - Math.min(due, input.withhold ?? 0);
  if (paid > 0) {
    const parent = record.transactions.find(
      (transaction) =>
        transaction.status === "SUCCESS" &&
        (transaction.kind === "SALE" || transaction.kind === "CAPTURE"),
    );
    const transaction = addTransaction(draft, {
      at: input.at,
      kind: "REFUND",
      settles: paid,
      gateway: parent?.gateway ?? "manual",
      parentId: parent?.id ?? null,
      rateDriftPpm: input.rateDriftPpm,
    });
    refund.transactionIds.push(transaction.id);
  }
  const amount = due - paid;
  if (amount === 0) return;
  const reason = input.reason ?? "REFUND_DISCREPANCY";
  refund.adjustments.push({ id: ids.next("OrderAdjustment"), reason, amount, tax: 0 });
  sales.push({
    id: ids.next("Sale"),
    action: "RETURN",
    line: "ADJUSTMENT",
    quantity: null,
    ref: null,
    amount,
    taxes: [],
    discount: 0,
    discountAfterTaxes: 0,
  });
}
