import type { SaleRecord } from "../records-ledger";
import type { RefundRecord } from "../records-payments";
import { addAgreement, type OrderDraft, touch } from "./draft";
import { addTransaction, authorizationLeft, balance } from "./payments";
import { sum } from "./pricing";
import { type RefundInput, takeBack } from "./take-back";

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
