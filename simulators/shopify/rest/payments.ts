import type { RefundRecord, TransactionRecord } from "../store/records-payments";
import type { PlainNode } from "../store/types";
import { type RestContext, restAmount, restGid } from "./context";
import { restLine } from "./lines";

/** A transaction: its amount is in the currency that the customer saw. */
export function restTransaction(context: RestContext, transaction: TransactionRecord): PlainNode {
  const { record, time } = context;
  const currency = record.presentment?.currency ?? record.currency;
  return {
    id: transaction.id,
    admin_graphql_api_id: restGid("OrderTransaction", transaction.id),
    amount: restAmount(transaction.presentment, currency),
    amount_rounding: transaction.rounding === 0 ? null : context.amount(transaction.rounding),
    authorization: null,
    created_at: time(transaction.createdAt),
    currency,
    device_id: null,
    error_code: transaction.errorCode?.toLowerCase() ?? null,
    gateway: transaction.gateway,
    kind: transaction.kind.toLowerCase(),
    location_id: null,
    manual_payment_gateway: transaction.gateway === "manual",
    message: null,
    order_id: record.id,
    parent_id: transaction.parentId,
    payment_id: `${record.name}.${record.transactions.indexOf(transaction) + 1}`,
    processed_at: time(transaction.processedAt),
    receipt: {},
    source_name: record.sourceName,
    status: transaction.status.toLowerCase(),
    test: record.test,
    total_unsettled_set: {
      presentment_money: { amount: restAmount(0, currency), currency },
      shop_money: { amount: context.amount(0), currency: record.currency },
    },
    user_id: null,
  };
}

/** A refund with its lines, shipping among the adjustments, and transactions. */
export function restRefund(context: RestContext, refund: RefundRecord): PlainNode {
  const { record, amount, set, time } = context;
  const adjustment = (id: number, kind: string, reason: string, net: number, tax: number) => ({
    id,
    amount: amount(net),
    amount_set: set(net),
    kind,
    order_id: record.id,
    reason,
    refund_id: refund.id,
    tax_amount: amount(tax),
    tax_amount_set: set(tax),
  });
  return {
    id: refund.id,
    admin_graphql_api_id: restGid("Refund", refund.id),
    created_at: time(refund.createdAt),
    note: refund.note,
    order_id: record.id,
    processed_at: time(refund.createdAt),
    restock: refund.lines.some((line) => line.restock !== "NO_RESTOCK"),
    return: refund.returnId === null ? null : { id: refund.returnId },
    total_duties_set: set(0),
    user_id: null,
    order_adjustments: [
      ...refund.shipping.map((line) =>
        adjustment(line.id, "shipping_refund", "Shipping refund", -line.subtotal, -line.tax),
      ),
      ...refund.adjustments.map((one) =>
        adjustment(one.id, "refund_discrepancy", "Refund discrepancy", one.amount, one.tax),
      ),
    ],
    transactions: record.transactions
      .filter((one) => refund.transactionIds.includes(one.id))
      .map((one) => restTransaction(context, one)),
    refund_line_items: refund.lines.map((line) => {
      const sold = record.lines.find((candidate) => candidate.id === line.lineId);
      return {
        id: line.id,
        line_item_id: line.lineId,
        line_item: sold && restLine(context, sold),
        location_id: null,
        quantity: line.quantity,
        restock_type: line.restock.toLowerCase(),
        subtotal: amount(line.subtotal),
        subtotal_set: set(line.subtotal),
        total_tax: amount(line.tax),
        total_tax_set: set(line.tax),
      };
    }),
    duties: [],
    additional_fees: [],
  };
}
