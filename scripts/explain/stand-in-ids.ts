import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { toPlainLists } from "~/warehouse/transforms/plain-lists";

/** Lists of things that have an id at Shopify, though a query need not have asked for it. */
const LISTS = [
  "lineItems",
  "shippingLines",
  "transactions",
  "refunds",
  "returns",
  "fulfillments",
  "agreements",
];

/** Far above any id of Shopify's, and within a bigint. */
const FIRST = 9_223_372_036_854_700_000n;
const STAND_IN = /"92233720368547\d{5}"/g;

/**
 * The order with a number for each child that was read without an id. The pipeline takes such a
 * list for not held, because it could not be stored; here it is to be seen what becomes of it.
 */
export function withStandInIds(order: RawOrder): RawOrder {
  const plain = toPlainLists(order) as RawOrder;
  let next = FIRST;
  const given = LISTS.flatMap((name) => {
    const list = plain[name];
    if (!Array.isArray(list) || list.every(hasId)) return [];
    const items = list.map((item) =>
      hasId(item) ? item : { ...item, id: `gid://shopify/StandIn/${next++}` },
    );
    return [[name, items] as const];
  });
  return given.length === 0 ? plain : { ...plain, ...Object.fromEntries(given) };
}

/** A printed row without stand-ins: an id that the payload did not hold is null. */
export function withoutStandInIds(line: string): string {
  return line.replaceAll(STAND_IN, "null");
}

function hasId(item: unknown): boolean {
  return typeof item !== "object" || item === null || "id" in item;
}
