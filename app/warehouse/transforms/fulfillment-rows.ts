import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns, shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf, requireId } from "./require-id";

export type FulfillmentRow = ReturnType<typeof fulfillmentRows>[number];
export type FulfillmentLineItemRow = ReturnType<typeof fulfillmentLineItemRows>[number];
export type FulfillmentEventRow = ReturnType<typeof fulfillmentEventRows>[number];

type Fulfillments = NonNullable<OrderDocument["fulfillments"]>;

/** `fulfillments` rows: each parcel or hand-over. */
export function fulfillmentRows(orderId: string, items: Fulfillments) {
  return items.map((item) => ({
    fulfillment_id: requireId(item.id),
    order_id: orderId,
    name: item.name ?? null,
    status: item.status ?? null,
    display_status: item.displayStatus ?? null,
    created_at: item.createdAt ?? null,
    updated_at: item.updatedAt ?? null,
    in_transit_at: item.inTransitAt ?? null,
    delivered_at: item.deliveredAt ?? null,
    estimated_delivery_at: item.estimatedDeliveryAt ?? null,
    requires_shipping: item.requiresShipping ?? null,
    total_quantity: item.totalQuantity ?? null,
    location_id: idOf(item.location),
    tracking_companies: present(item.trackingInfo?.map(({ company }) => company)),
    tracking_numbers: present(item.trackingInfo?.map(({ number }) => number)),
    tracking_urls: present(item.trackingInfo?.map(({ url }) => url)),
  }));
}

function present(values: Array<string | null | undefined> | undefined): string[] | null {
  return values?.filter((value) => value != null) ?? null;
}

/** `fulfillment_line_items` rows: how many of which line went into a parcel. */
export function fulfillmentLineItemRows(orderId: string, doc: OrderDocument, items: Fulfillments) {
  return items.flatMap((fulfillment) =>
    (fulfillment.fulfillmentLineItems ?? []).map((line) => ({
      fulfillment_line_item_id: requireId(line.id),
      fulfillment_id: requireId(fulfillment.id),
      order_id: orderId,
      line_item_id: idOf(line.lineItem),
      quantity: line.quantity ?? null,
      ...moneyColumns({
        original_total: line.originalTotalSet,
        discounted_total: line.discountedTotalSet,
      }),
      currency: shopCurrency(line.originalTotalSet, orderCurrency(doc)),
    })),
  );
}

/** `fulfillment_events` rows: what the carrier told on the way. */
export function fulfillmentEventRows(orderId: string, items: Fulfillments) {
  return items.flatMap((fulfillment) =>
    (fulfillment.events ?? []).map((event) => ({
      fulfillment_event_id: requireId(event.id),
      fulfillment_id: requireId(fulfillment.id),
      order_id: orderId,
      status: event.status ?? null,
      happened_at: event.happenedAt ?? null,
      created_at: event.createdAt ?? null,
      estimated_delivery_at: event.estimatedDeliveryAt ?? null,
      message: event.message ?? null,
      city: event.city ?? null,
      province: event.province ?? null,
      country: event.country ?? null,
      zip: event.zip ?? null,
    })),
  );
}
