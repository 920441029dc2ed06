import { type Body, enumName, gidOf, itemsOf, reference, renamed } from "./values";

/**
 * A fulfilment as GraphQL has it. Its lines come without ids of their own: REST repeats the line
 * items of the order, with the quantity that was sent.
 */
export function fulfillment(body: Body) {
  return {
    __typename: "Fulfillment",
    id: gidOf("Fulfillment", body),
    ...renamed(body, { name: "name", created_at: "createdAt", updated_at: "updatedAt" }),
    status: enumName(body.status),
    location: reference("Location", body.location_id),
    displayStatus: enumName(body.shipment_status),
    trackingInfo: trackingOf(body),
    fulfillmentLineItems: itemsOf(body, "line_items")?.map((line) => ({
      lineItem: reference("LineItem", line.id),
      quantity: line.quantity,
    })),
  };
}

/** A return as an order's body names it: its lines come with a body of its own. */
export function orderReturn(body: Body) {
  return {
    __typename: "Return",
    id: gidOf("Return", body),
    ...renamed(body, { name: "name", created_at: "createdAt", closed_at: "closedAt" }),
    status: enumName(body.status),
  };
}

function trackingOf(body: Body) {
  const { tracking_numbers: numbers, tracking_urls: urls, tracking_company: company } = body;
  if (!Array.isArray(numbers)) return undefined;
  return numbers.map((number: unknown, index) => ({
    number,
    url: Array.isArray(urls) ? (urls[index] ?? null) : null,
    company: company ?? null,
  }));
}
