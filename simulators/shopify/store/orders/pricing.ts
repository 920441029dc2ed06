import { deal, mulDiv } from "../money";
import type { Allocation, DiscountRecord, TaxRate } from "../records";

const MILLION = 1_000_000;

/** The money of one ledger row, minor units of the shop's currency. */
export interface Priced {
  /** After taxes and discounts. */
  amount: number;
  /** One entry for each tax rate. */
  taxes: number[];
  discount: number;
  discountAfterTaxes: number;
}

/**
 * A line worth `price` (unit price × quantity) less `discount`, with its taxes, each rounded half
 * up on the line. With taxes on top they are added to the discounted price; with taxes included
 * they are what of the discounted price is tax, and the discount before taxes is cut likewise.
 */
export function priceRow(
  price: number,
  discount: number,
  rates: readonly TaxRate[],
  taxesIncluded: boolean,
): Priced {
  const paid = price - discount;
  const taxes = taxesOn(paid, rates, taxesIncluded);
  const tax = sum(taxes);
  const fullTax = sum(taxesOn(price, rates, taxesIncluded));
  if (taxesIncluded) {
    return {
      amount: paid,
      taxes,
      discount: price - fullTax - (paid - tax),
      discountAfterTaxes: discount,
    };
  }
  return {
    amount: paid + tax,
    taxes,
    discount,
    discountAfterTaxes: price + fullTax - (paid + tax),
  };
}

/** How a price changes by a further discount: the row of an UPDATE. Odd cents dealt before stay put. */
export function discountChange(
  discount: number,
  rates: readonly TaxRate[],
  taxesIncluded: boolean,
): Priced {
  const taxes = taxesOn(discount, rates, taxesIncluded).map((tax) => 0 - tax);
  const tax = sum(taxes);
  if (taxesIncluded) {
    return { amount: -discount, taxes, discount: discount + tax, discountAfterTaxes: discount };
  }
  return { amount: tax - discount, taxes, discount, discountAfterTaxes: discount - tax };
}

function taxesOn(amount: number, rates: readonly TaxRate[], included: boolean): number[] {
  const all = included ? sum(rates.map((rate) => rate.ppm)) : 0;
  return rates.map((rate) => mulDiv(amount, rate.ppm, MILLION + all));
}

/** What a discount takes from each of `prices` (what earlier discounts left): dealt from the first on. */
export function discountShares(discount: DiscountRecord, prices: readonly number[]): number[] {
  const total = sum(prices);
  const wanted =
    "percent" in discount.value
      ? mulDiv(total, Math.round(discount.value.percent * 100), 10_000)
      : Math.min(discount.value.amount, total);
  return deal(wanted, prices);
}

/** Sum of the allocations of a line. */
export function allocated(allocations: readonly Allocation[]): number {
  return sum(allocations.map((allocation) => allocation.amount));
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
