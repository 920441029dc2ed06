import { gid } from "../ids";
import type { FulfillmentRecord } from "../records";
import type { PlainNode } from "../types";
import { instant, instantOrNull, type NodeContext } from "./context";
import { lineReferenceById, unitPrice } from "./line-by-id";
import { locationReference, TILL, WAREHOUSE } from "./locations";

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
