import type { MoneyBag } from "~/connectors/shopify/order-schemas";

/** `name` in the shop's currency and `name_presentment` in the buyer's. */
export type MoneyPair<Name extends string> = Record<Name | `${Name}_presentment`, string | null>;

type Bags<Name extends string> = Readonly<Record<Name, MoneyBag | null | undefined>>;

/** Names are made once: a history builds millions of pairs. */
const presentmentNames = new Map<string, string>();

function presentmentName(name: string): string {
  const known = presentmentNames.get(name);
  if (known !== undefined) return known;
  const made = `${name}_presentment`;
  presentmentNames.set(name, made);
  return made;
}

/** Both columns of each amount, decimal strings as they came; null where the payload holds none. */
export function moneyColumns<Name extends string>(bags: Bags<Name>): MoneyPair<Name> {
  const columns: Record<string, string | null> = {};
  for (const name in bags) {
    const bag = bags[name];
    columns[name] = bag?.shopMoney?.amount ?? null;
    columns[presentmentName(name)] = bag?.presentmentMoney?.amount ?? null;
  }
  return columns as MoneyPair<Name>;
}

/** The currency an amount names for itself, else the one given. */
export function shopCurrency(
  bag: MoneyBag | null | undefined,
  fallback: string | null,
): string | null {
  return bag?.shopMoney?.currencyCode ?? fallback;
}
