import Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import type { Discounted, Filled } from "./fill-discounts";
import { deal, shopAmount, sumOf } from "./shares";
import type { Tax } from "./sold-things";

export type Taxed = Discounted & { taxes: Tax[] };

/**
 * Taxes that no line states are dealt over the lines by what was paid for them. Null where they
 * cannot be placed: inside the prices of goods and of shipping at once, nobody knows whose they are.
 */
export function fillTaxes(
  doc: OrderDocument,
  things: readonly Discounted[],
  digits: number,
): Filled<Taxed> | null {
  const open = things.filter(({ taxes, price }) => taxes === null && price.gt(0));
  const known = sumOf(things.flatMap(({ taxes }) => (taxes ?? []).map(({ amount }) => amount)));
  const stated = shopAmount(doc.totalTaxSet);
  const left = open.length > 0 && stated ? stated.minus(known) : new Big(0);
  const kinds = new Set(open.map(({ type }) => (type === "SHIPPING" ? type : "PRODUCT")));
  if (left.lt(0) || (left.gt(0) && kinds.size > 1 && doc.taxesIncluded !== false)) return null;
  const shares = deal(left, open.map(paidFor), digits);
  if (!shares) return null;
  const dealt = new Map(open.map((thing, index) => [thing, shares[index] ?? new Big(0)]));
  return {
    things: things.map((thing) => ({
      ...thing,
      taxes: thing.taxes ?? [{ rate: null, amount: dealt.get(thing) ?? new Big(0) }],
    })),
    assumed: open.length > 0 && stated === null,
  };
}

/** The price after discounts; holds its taxes where prices include them. */
export const paidFor = ({ price, discount }: Discounted) => price.minus(discount);

export const taxOf = ({ taxes }: Taxed) => sumOf(taxes.map(({ amount }) => amount));

/**
 * Whether prices include their taxes: as the order says, else as its total tells. Null where neither
 * does, and without taxes it makes no difference.
 */
export function taxesIncluded(
  doc: OrderDocument,
  things: readonly Taxed[],
  total: Big | null,
): boolean | null {
  if (doc.taxesIncluded != null) return doc.taxesIncluded;
  const taxes = sumOf(things.map(taxOf));
  if (taxes.eq(0)) return false;
  const paid = sumOf(things.map(paidFor));
  if (total?.eq(paid.plus(taxes))) return false;
  return total?.eq(paid) ? true : null;
}
