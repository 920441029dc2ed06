import { gid } from "../ids";
import type { FulfillmentRecord, LineRecord } from "../records";
import type { RefundRecord, ReturnRecord } from "../records-payments";
import type { PlainNode } from "../types";
import { instant, instantOrNull, type NodeContext } from "./context";
import { lineReference } from "./line-product";
import { locationReference, TILL, WAREHOUSE } from "./locations";
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
    duties: [],
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
    returnShippingFees: [],
    decline: null,
    staffMember: null,
    returnLineItems: item.lines.map((line) => returnLine(context, item, line)),
    refunds: context.record.refunds
      .filter((refund) => refund.returnId === item.id)
      .map((refund) => ({ __typename: "Refund", id: gid("Refund", refund.id) })),
  };
}

/** Fulfillment with its tracking and lines. */
export function fulfillmentNode(context: NodeContext, item: FulfillmentRecord): PlainNode {
  return {
    __typename: "Fulfillment",
    id: gid("Fulfillment", item.id),
    legacyResourceId: String(item.id),
    name: item.name,
    createdAt: instant(item.createdAt),
    updatedAt: instant(item.deliveredAt ?? item.createdAt),
    deliveredAt: instantOrNull(item.deliveredAt),
    inTransitAt: instant(item.createdAt),
    estimatedDeliveryAt: null,
    status: item.cancelled ? "CANCELLED" : "SUCCESS",
    displayStatus: item.cancelled
      ? "CANCELED"
      : item.deliveredAt === null
        ? "FULFILLED"
        : "DELIVERED",
    requiresShipping: item.tracking !== null,
    totalQuantity: item.lines.reduce((sum, line) => sum + line.quantity, 0),
    order: { __typename: "Order", id: gid("Order", context.record.id), name: context.record.name },
    trackingInfo: item.tracking
      ? [
          {
            company: "UPS",
            number: item.tracking,
            url: `https://example.com/track/${item.tracking}`,
          },
        ]
      : [],
    fulfillmentLineItems: item.lines.map((line) => ({
      __typename: "FulfillmentLineItem",
      id: gid("FulfillmentLineItem", line.id),
      quantity: line.quantity,
      lineItem: lineReferenceById(context, line.lineId),
      originalTotalSet: context.bag(unitPrice(context, line.lineId) * line.quantity),
      discountedTotalSet: context.bag(unitPrice(context, line.lineId) * line.quantity),
    })),
    location: locationReference(context.shop, item.tracking === null ? TILL : WAREHOUSE),
    events: fulfillmentEvents(item),
    originAddress: null,
    service: null,
  };
}

/** What the carrier told: the parcel was announced, and if it arrived, how it went. */
function fulfillmentEvents(item: FulfillmentRecord): PlainNode[] {
  const { createdAt, deliveredAt } = item;
  const way = deliveredAt === null ? 0 : deliveredAt - createdAt;
  const arrived =
    deliveredAt === null
      ? []
      : ([
          ["IN_TRANSIT", createdAt + way * 0.25],
          ["OUT_FOR_DELIVERY", createdAt + way * 0.9],
          ["DELIVERED", deliveredAt],
        ] as const);
  const events = item.tracking === null ? [] : [["CONFIRMED", createdAt] as const, ...arrived];
  return events.map(([status, at], position) => ({
    __typename: "FulfillmentEvent",
    id: gid("FulfillmentEvent", item.id * 8 + position),
    status,
    happenedAt: instant(at),
    createdAt: instant(at),
    estimatedDeliveryAt: null,
    message: null,
    address1: null,
    city: null,
    province: null,
    country: null,
    zip: null,
    latitude: null,
    longitude: null,
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
    restockingFee: null,
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

function findLine(context: NodeContext, lineId: number): LineRecord | undefined {
  return context.record.lines.find((line) => line.id === lineId);
}

function lineReferenceById(context: NodeContext, lineId: number): PlainNode | null {
  const line = findLine(context, lineId);
  return line ? lineReference(line) : null;
}

function unitPrice(context: NodeContext, lineId: number): number {
  return findLine(context, lineId)?.unitPrice ?? 0;
}

function shippingReference(context: NodeContext, shippingId: number): PlainNode | null {
  const line = context.record.shipping.find((candidate) => candidate.id === shippingId);
  return line ? { id: gid("ShippingLine", line.id), title: line.title, code: line.code } : null;
}
