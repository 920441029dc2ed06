import type { MoneyBag } from "~/connectors/shopify/order-schemas";

/** `name` in the shop's currency and `name_presentment` in the buyer's. */
export type MoneyPair<Name extends string> = Record<Name | `${Name}_presentment`, string | null>;

/** Both columns of an amount, decimal strings as they came; null where the payload holds none. */
export function moneyPair<Name extends string>(
  name: Name,
  bag: MoneyBag | null | undefined,
): MoneyPair<Name> {
  const pair: Record<string, string | null> = {
    [name]: bag?.shopMoney.amount ?? null,
    [`${name}_presentment`]: bag?.presentmentMoney?.amount ?? null,
  };
  return pair as MoneyPair<Name>;
}

/** The currency an amount names for itself, else the one given. */
export function shopCurrency(
  bag: MoneyBag | null | undefined,
  fallback: string | null,
): string | null {
  return bag?.shopMoney.currencyCode ?? fallback;
}
