import Big from "big.js";
import type { Booked } from "./booked";
import { lastUnitsShare } from "./shares";
import type { SoldThing } from "./sold-things";

/** What of a thing sold has neither been returned nor removed. */
interface Rest extends Booked {
  count: number;
}

/**
 * Keeps what is left of each thing sold, so that what comes back is taken from it, last units first.
 * Things without a quantity (shipping, duties) count as one.
 */
export class RestOfThings {
  private readonly rests = new Map<SoldThing, Rest>();

  constructor(private readonly digits: number) {}

  add(thing: SoldThing, booked: Booked): void {
    this.rests.set(thing, { ...booked, count: thing.quantity ?? 1 });
  }

  countOf(thing: SoldThing): number {
    return this.rests.get(thing)?.count ?? 0;
  }

  amountOf(thing: SoldThing): Big {
    return this.rests.get(thing)?.amount ?? new Big(0);
  }

  /**
   * Takes the last `count` units away and answers their money, positive. What a refund states of
   * them (`amount`, `tax`) holds; the rest is their share. Never more units than are left.
   */
  take(thing: SoldThing, count: number, stated: Partial<Booked> = {}): Booked {
    const rest = this.rests.get(thing);
    const taken = Math.min(count, rest?.count ?? 0);
    const share = (total: Big) =>
      rest && taken > 0 ? lastUnitsShare(total, taken, rest.count, this.digits) : new Big(0);
    const tax = stated.tax ?? share(rest?.tax ?? new Big(0));
    const booked = {
      // Net and taxes are dealt apart: a unit's price must not swallow an odd cent of its tax.
      amount: stated.amount ?? share(rest?.amount.minus(rest.tax) ?? new Big(0)).plus(tax),
      tax,
      discount: share(rest?.discount ?? new Big(0)),
      discountAfterTaxes: share(rest?.discountAfterTaxes ?? new Big(0)),
    };
    if (rest) this.rests.set(thing, { ...less(rest, booked), count: rest.count - taken });
    return booked;
  }
}

function less(rest: Booked, taken: Booked): Booked {
  return {
    amount: rest.amount.minus(taken.amount),
    tax: rest.tax.minus(taken.tax),
    discount: rest.discount.minus(taken.discount),
    discountAfterTaxes: rest.discountAfterTaxes.minus(taken.discountAfterTaxes),
  };
}

/** The same money going the other way. */
export function opposite({ amount, tax, discount, discountAfterTaxes }: Booked): Booked {
  return {
    amount: amount.neg(),
    tax: tax.neg(),
    discount: discount.neg(),
    discountAfterTaxes: discountAfterTaxes.neg(),
  };
}

/** A booking that knows no discount. */
export function plainly(amount: Big, tax: Big = new Big(0)): Booked {
  return { amount, tax, discount: new Big(0), discountAfterTaxes: new Big(0) };
}
