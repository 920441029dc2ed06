import type { RawOrder } from "./order-schemas";

/**
 * An order with its details in their places, as one answer of Shopify's could hold it. A refund or
 * parcel that only one of the two knows stays as that one has it.
 */
export function mergeDetails(order: RawOrder, details: RawOrder): RawOrder {
  const { customerJourneySummary: journey, returns } = details;
  return {
    ...order,
    refunds: joined(order.refunds, details.refunds),
    fulfillments: joined(order.fulfillments, details.fulfillments),
    ...(journey && order.customerJourneySummary
      ? { customerJourneySummary: { ...Object(order.customerJourneySummary), ...Object(journey) } }
      : {}),
    ...(returns === undefined ? {} : { returns }),
  };
}

function joined(owners: unknown, details: unknown): unknown {
  if (!Array.isArray(owners) || !Array.isArray(details)) return owners;
  const byId = new Map<unknown, object>(details.map((one) => [one.id, one]));
  return owners.map((owner) => ({ ...owner, ...byId.get(owner.id) }));
}
