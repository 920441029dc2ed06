import type { OrderDocument } from "~/connectors/shopify/order-schemas";

/**
 * An order with what its details know of refunds and returns, as one answer of Shopify's could hold
 * it. A refund that only one of the two knows stays as that one has it.
 */
export function joinDetails(order: OrderDocument, details: OrderDocument | null): OrderDocument {
  if (!details) return order;
  const byId = new Map((details.refunds ?? []).map((refund) => [refund.id, refund]));
  return {
    ...order,
    refunds: order.refunds?.map((refund) => ({ ...byId.get(refund.id), ...held(refund) })),
    returns: order.returns ?? details.returns,
  };
}

/** Without the keys that hold nothing: what the other side knows must not be lost to them. */
function held<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== null && item !== undefined),
  ) as T;
}
