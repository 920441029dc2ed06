import Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { deal, shopAmount, sumOf } from "./shares";
import type { SoldThing } from "./sold-things";

export type Discounted = SoldThing & { discount: Big };
/** Things with what was missing filled in; `assumed`: nothing was stated and it was taken for none. */
export interface Filled<Thing> {
  things: Thing[];
  assumed: boolean;
}

const isGoods = ({ type }: SoldThing) => type === "PRODUCT" || type === "GIFT_CARD";

/**
 * Discounts that no line states (old bodies know only the order's) are dealt over the lines by their
 * prices. What of them is shipping's the subtotal tells, which is the lines less their discounts.
 * Null where the payload states a discount and does not let it be placed.
 */
export function fillDiscounts(
  doc: OrderDocument,
  things: readonly SoldThing[],
  digits: number,
): Filled<Discounted> | null {
  const open = things.filter(({ discount }) => discount === null);
  const known = sumOf(things.map(({ discount }) => discount ?? new Big(0)));
  const stated = shopAmount(doc.totalDiscountsSet);
  const left = stated?.minus(known) ?? new Big(0);
  const goods = open.filter(isGoods);
  const ofGoods = onGoods(doc, things, open, left, stated !== null);
  if (open.length > 0 && (left.lt(0) || !ofGoods)) return null;
  const shipping = open.filter(({ type }) => type === "SHIPPING");
  const shares = new Map<SoldThing, Big>();
  const dealt = [
    { some: goods, amount: ofGoods ?? new Big(0) },
    { some: shipping, amount: stated ? left.minus(ofGoods ?? 0) : new Big(0) },
  ];
  for (const { some, amount } of open.length > 0 ? dealt : []) {
    const parts = deal(amount, some.map(weightOf), digits);
    if (!parts) return null;
    for (const [index, thing] of some.entries()) shares.set(thing, parts[index] ?? new Big(0));
  }
  return {
    things: things.map((thing) => ({
      ...thing,
      discount: thing.discount ?? shares.get(thing) ?? new Big(0),
    })),
    assumed: open.length > 0 && stated === null && !doc.subtotalPriceSet,
  };
}

/** How much of what is left to deal fell on the lines of goods; null where that cannot be told. */
function onGoods(
  doc: OrderDocument,
  things: readonly SoldThing[],
  open: readonly SoldThing[],
  left: Big,
  stated: boolean,
): Big | null {
  const subtotal = shopAmount(doc.subtotalPriceSet);
  if (!open.some(isGoods)) return new Big(0);
  if (subtotal) {
    const before = sumOf(things.filter(isGoods).map(weightOf));
    const taken = before.minus(subtotal);
    return taken.lt(0) || (stated && taken.gt(left)) ? null : taken;
  }
  const sent = open.some((thing) => thing.type === "SHIPPING" && thing.price.gt(0));
  return left.gt(0) && sent ? null : left;
}

/** What a thing costs after the discounts that it states. */
const weightOf = ({ price, discount }: SoldThing) => price.minus(discount ?? 0);
