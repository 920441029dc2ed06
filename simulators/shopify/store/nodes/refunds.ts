import { gid } from "../ids";
import type { RefundRecord, ReturnRecord } from "../records-payments";
import type { PlainNode } from "../types";
import { instant, instantOrNull, type NodeContext } from "./context";
import { lineReferenceById, unitPrice } from "./line-by-id";
import { dutyNode } from "./lines";
import { transactionNode } from "./transactions";

/** Refund with its lines, shipping, transactions and adjustments. */
export function refundNode(context: NodeContext, refund: RefundRecord): PlainNode {
  const { bag, bagOf, record } = context;
  const transactions = record.transactions.filter((t) => refund.transactionIds.includes(t.id));
  const total = (field: "amount" | "presentment") =>
    transactions.reduce((sum, t) => sum + (t.status === "SUCCESS" ? t[field] : 0), 0);
  return {
    __typename: "Refund",
    id: gid("Refund", refund.id),
    legacyResourceId: String(refund.id),
    createdAt: instant(refund.createdAt),
    processedAt: instant(refund.createdAt),
    updatedAt: instant(refund.createdAt),
    note: refund.note,
    totalRefundedSet: bagOf(total("amount"), total("presentment")),
    order: { __typename: "Order", id: gid("Order", record.id), name: record.name },
    return:
      refund.returnId === null
        ? null
        : { __typename: "Return", id: gid("Return", refund.returnId) },
    staffMember: null,
    duties: refund.duties.map(({ dutyId, amount }) => ({
      __typename: "RefundDuty",
      amountSet: bag(amount),
      originalDuty: dutyNode(context, dutyId),
    })),
    refundLineItems: refund.lines.map((line) => ({
      id: gid("RefundLineItem", line.id),
      quantity: line.quantity,
      restockType: line.restock,
      restocked: line.restock !== "NO_RESTOCK",
      priceSet: bag(line.price),
      subtotalSet: bag(line.subtotal),
      totalTaxSet: bag(line.tax),
      lineItem: lineReferenceById(context, line.lineId),
      location: null,
    })),
    refundShippingLines: refund.shipping.map((line) => ({
      __typename: "RefundShippingLine",
      id: gid("RefundShippingLine", line.id),
      subtotalAmountSet: bag(line.subtotal),
      taxAmountSet: bag(line.tax),
      shippingLine: shippingReference(context, line.shippingId),
    })),
    transactions: transactions.map((transaction) => transactionNode(context, transaction)),
    orderAdjustments: refund.adjustments.map((adjustment) => ({
      __typename: "OrderAdjustment",
      id: gid("OrderAdjustment", adjustment.id),
      reason: adjustment.reason,
      amountSet: bag(adjustment.amount),
      taxAmountSet: bag(adjustment.tax),
    })),
  };
}

/** Return of Shopify's Returns. */
export function returnNode(context: NodeContext, item: ReturnRecord): PlainNode {
  const restocking = feesOf(context, item, "RestockingFee");
  return {
    __typename: "Return",
    id: gid("Return", item.id),
    name: item.name,
    status: item.closedAt === null ? "OPEN" : "CLOSED",
    createdAt: instant(item.createdAt),
    closedAt: instantOrNull(item.closedAt),
    requestApprovedAt: instant(item.createdAt),
    totalQuantity: item.lines.reduce((sum, line) => sum + line.quantity, 0),
    order: { __typename: "Order", id: gid("Order", context.record.id), name: context.record.name },
    returnShippingFees: feesOf(context, item, "ReturnShippingFee"),
    decline: null,
    staffMember: null,
    returnLineItems: item.lines.map((line, index) => ({
      ...returnLine(context, item, line),
      restockingFee: index > 0 ? null : (restocking[0] ?? null),
    })),
    exchangeLineItems: [],
    refunds: context.record.refunds
      .filter((refund) => refund.returnId === item.id)
      .map((refund) => ({ __typename: "Refund", id: gid("Refund", refund.id) })),
  };
}

/** The fees that a return's agreement booked; a restocking fee stands with its first line. */
function feesOf(
  { record, bag }: NodeContext,
  item: ReturnRecord,
  kind: "RestockingFee" | "ReturnShippingFee",
): PlainNode[] {
  const booked = record.agreements
    .filter(({ type, ref }) => type === "ReturnAgreement" && ref === item.id)
    .flatMap(({ sales }) => sales.map(({ ref }) => ref));
  return record.fees
    .filter((fee) => fee.kind === kind && booked.includes(fee.id))
    .map((fee) => ({
      __typename: kind,
      id: gid(kind, fee.id),
      amountSet: bag(fee.amount),
      ...(kind === "RestockingFee" ? { percentage: 10 } : {}),
    }));
}

function returnLine(
  context: NodeContext,
  item: ReturnRecord,
  line: ReturnRecord["lines"][number],
): PlainNode {
  const done = item.closedAt === null ? 0 : line.quantity;
  const sent = context.record.fulfillments
    .flatMap((fulfillment) => fulfillment.lines)
    .find((candidate) => candidate.lineId === line.lineId);
  return {
    __typename: "ReturnLineItem",
    id: gid("ReturnLineItem", line.id),
    quantity: line.quantity,
    processableQuantity: line.quantity - done,
    processedQuantity: done,
    unprocessedQuantity: line.quantity - done,
    refundableQuantity: line.quantity - done,
    refundedQuantity: done,
    customerNote: null,
    returnReasonNote: "",
    returnReasonDefinition: null,
    totalWeight: null,
    withCodeDiscountedTotalPriceSet: context.bag(unitPrice(context, line.lineId) * line.quantity),
    fulfillmentLineItem: sent && {
      __typename: "FulfillmentLineItem",
      id: gid("FulfillmentLineItem", sent.id),
      quantity: sent.quantity,
      lineItem: lineReferenceById(context, line.lineId),
    },
  };
}

function shippingReference(context: NodeContext, shippingId: number): PlainNode | null {
  const line = context.record.shipping.find((candidate) => candidate.id === shippingId);
  return line ? { id: gid("ShippingLine", line.id), title: line.title, code: line.code } : null;
}
