import Big from "big.js";
import { paidFor, type Taxed, taxOf } from "./fill-taxes";
import { sumOf } from "./shares";
import type { Tax } from "./sold-things";

/** The four amounts of a row of the sales ledger, shop money. */
export interface Booked {
  /** After taxes and discounts. */
  amount: Big;
  tax: Big;
  discount: Big;
  discountAfterTaxes: Big;
}

/** What the ledger books for a thing sold: taxes taken out of prices that include them. */
export function bookThing(thing: Taxed, included: boolean, digits: number): Booked {
  const paid = paidFor(thing);
  const tax = taxOf(thing);
  const fullTax = taxBeforeDiscounts(thing, included, digits);
  const { price, discount } = thing;
  if (included) {
    const net = paid.minus(tax);
    return {
      amount: paid,
      tax,
      discount: price.minus(fullTax).minus(net),
      discountAfterTaxes: discount,
    };
  }
  const amount = paid.plus(tax);
  return { amount, tax, discount, discountAfterTaxes: price.plus(fullTax).minus(amount) };
}

/**
 * What the taxes would have been without discounts. By the rates, where they give the very taxes
 * that are stated (or all was free, and they are all there is to go by), else in proportion.
 */
function taxBeforeDiscounts(thing: Taxed, included: boolean, digits: number): Big {
  const { price, taxes } = thing;
  const paid = paidFor(thing);
  if (paid.eq(price)) return taxOf(thing);
  const full = byRates(taxes, price, included, digits);
  const asStated = byRates(taxes, paid, included, digits)?.every((tax, index) =>
    tax.eq(taxes[index]?.amount ?? -1),
  );
  if (full && asStated) return sumOf(full);
  if (paid.eq(0)) return new Big(0);
  return taxOf(thing).times(price).div(paid).round(digits, Big.roundHalfUp);
}

function byRates(
  taxes: readonly Tax[],
  price: Big,
  included: boolean,
  digits: number,
): Big[] | null {
  const rates = taxes.flatMap(({ rate }) => (rate === null ? [] : [new Big(rate)]));
  if (rates.length < taxes.length) return null;
  const whole = included ? sumOf(rates).plus(1) : new Big(1);
  return rates.map((rate) => price.times(rate).div(whole).round(digits, Big.roundHalfUp));
}
