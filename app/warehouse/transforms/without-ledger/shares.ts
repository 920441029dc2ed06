import Big from "big.js";
import type { MoneyBag } from "~/connectors/shopify/order-schemas";

/** An amount in shop money; null where the payload does not state it. */
export function shopAmount(bag: MoneyBag | null | undefined): Big | null {
  const amount = bag?.shopMoney?.amount;
  return amount === undefined ? null : new Big(amount);
}

export function sumOf(amounts: readonly Big[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
}

/** The sum where every one is known, else null. */
export function knownSum(amounts: ReadonlyArray<Big | null>): Big | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === amounts.length ? sumOf(known) : null;
}

/**
 * Deals an amount over weights (none negative): everyone gets whole cents, the odd ones go out one
 * at a time from the first weighted entry on (metrics.md), so nothing is lost. Null where there is
 * something to deal and nobody to deal it to.
 */
export function deal(total: Big, weights: readonly Big[], digits: number): Big[] | null {
  const whole = sumOf(weights);
  if (total.eq(0)) return weights.map(() => new Big(0));
  if (whole.eq(0)) return null;
  const cent = centOf(total, digits);
  const shares = weights.map((weight) =>
    total.times(weight).div(whole).round(decimalsOf(cent), Big.roundDown),
  );
  let left = total.minus(sumOf(shares));
  const step = total.lt(0) ? cent.neg() : cent;
  for (let i = 0; !left.eq(0); i = (i + 1) % shares.length) {
    if (weights[i]?.eq(0)) continue;
    shares[i] = (shares[i] ?? new Big(0)).plus(step);
    left = left.minus(step);
  }
  return shares;
}

/**
 * What the last `count` of `of` units carry of an amount: the first units hold the odd cents, so
 * that taking the last ones first never moves a cent that was dealt before.
 */
export function lastUnitsShare(total: Big, count: number, of: number, digits: number): Big {
  const ones = Array.from({ length: of }, () => new Big(1));
  return sumOf((deal(total, ones, digits) ?? []).slice(of - count));
}

/** The smallest step of a currency, or of the amount where that is written finer. */
function centOf(amount: Big, digits: number): Big {
  const finest = Math.max(digits, decimalsOf(amount));
  return new Big(finest === 0 ? "1" : `0.${"1".padStart(finest, "0")}`);
}

function decimalsOf(amount: Big): number {
  return amount.toFixed().split(".")[1]?.length ?? 0;
}
