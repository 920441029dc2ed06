import type { RawOrder } from "~/connectors/shopify/order-schemas";

/**
 * What a bulk query cannot reach, by where it hangs. It lives in a raw document of its own, so that
 * an order that comes without it never wipes what was read before (docs/decisions/020).
 */
const BELOW = {
  refunds: ["refundLineItems", "orderAdjustments", "refundShippingLines", "transactions"],
  fulfillments: ["fulfillmentLineItems", "events"],
} as const;

export interface SplitOrder {
  /** The order as every road brings it. */
  order: RawOrder;
  /** The details that came with it, as `{id, updatedAt, refunds, fulfillments, returns, …}`. */
  details: RawOrder | null;
}

/** Parts a document (connections as plain lists) into the order and its details. */
export function splitDetails(document: RawOrder): SplitOrder {
  const order: Record<string, unknown> = { ...document };
  const details: Record<string, unknown> = {};
  let found = false;
  for (const [name, keys] of Object.entries(BELOW)) {
    const parents = order[name];
    if (!Array.isArray(parents)) continue;
    const parted = parents.map((parent: unknown) => partObject(parent, keys));
    details[name] = parted.map(({ taken }) => taken);
    if (!parted.some(({ held }) => held)) continue;
    found = true;
    order[name] = parted.map(({ rest }) => rest);
  }
  const journey = partObject(order.customerJourneySummary, ["moments"]);
  if (journey.held) {
    found = true;
    order.customerJourneySummary = journey.rest;
    details.customerJourneySummary = journey.taken;
  }
  if ("returns" in order) {
    found = true;
    details.returns = order.returns;
    delete order.returns;
  }
  if (!found) return { order: document, details: null };
  for (const name of ["id", "updatedAt", "currencyCode", "presentmentCurrencyCode"]) {
    if (name in document) details[name] = document[name];
  }
  return { order, details };
}

function partObject(
  value: unknown,
  keys: readonly string[],
): { rest: unknown; taken: Record<string, unknown>; held: boolean } {
  if (value === null || typeof value !== "object") return { rest: value, taken: {}, held: false };
  const rest: Record<string, unknown> = {};
  const taken: Record<string, unknown> = {};
  let held = false;
  for (const [key, item] of Object.entries(value)) {
    if (key === "id") taken.id = item;
    if (keys.includes(key)) {
      held = true;
      taken[key] = item;
    } else rest[key] = item;
  }
  return { rest, taken, held };
}
