import { DefectError } from "~/lib/errors";
import { sumMoney } from "~/lib/money";

/** A part of a REST-shaped body, as JSON gave it. */
export type Body = Readonly<Record<string, unknown>>;

interface Money {
  amount: string;
  currencyCode: string | null;
}

/** GraphQL's MoneyBag; without the side that the body does not state. */
export interface Bag {
  shopMoney: Money | null;
  presentmentMoney?: Money;
}

/** What amounts without a currency of their own are in. */
export interface Currencies {
  shop: string | null;
  presentment: string | null;
}

export function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; undefined when the body holds no such list: unknown, not empty. */
export function itemsOf(body: Body, key: string): Body[] | undefined {
  const list = body[key];
  return Array.isArray(list) ? list.filter(isBody) : undefined;
}

/** The keys that the body holds, under GraphQL's names; null stays null, absent stays absent. */
export function renamed(
  body: Body,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const held = Object.entries(names).filter(([key]) => body[key] !== undefined);
  return Object.fromEntries(held.map(([key, name]) => [name, body[key]]));
}

/** An enum value: REST writes `partially_refunded`, GraphQL `PARTIALLY_REFUNDED`. */
export function enumName(value: unknown): unknown {
  return typeof value === "string" ? value.toUpperCase() : value;
}

/** REST writes an empty string where GraphQL has null. */
export function textOrNull(value: unknown): unknown {
  return value === "" ? null : value;
}

/** An object's global id: as the body says it, else made of its number. */
export function gidOf(type: string, body: Body): string {
  const { admin_graphql_api_id: stated } = body;
  return typeof stated === "string" ? stated : gid(type, body.id);
}

/** `{id}` of another object by its number; null and absent stay what they are. */
export function reference(type: string, id: unknown): { id: string } | null | undefined {
  if (id === null || id === undefined) return id;
  return { id: gid(type, id) };
}

function gid(type: string, id: unknown): string {
  if (typeof id === "number" && !Number.isSafeInteger(id)) {
    throw new DefectError(`The id of a ${type} was rounded: ${id}. Parse bodies with exact-json.`, {
      code: "ROUNDED_ID",
      task: "rest_order",
    });
  }
  return `gid://shopify/${type}/${String(id)}`;
}

/**
 * An amount as GraphQL has it: from its money set, else, in bodies older than those, from the plain
 * field, which is in the shop's currency.
 */
export function bagOf(body: Body, name: string, { shop }: Currencies): Bag | null | undefined {
  const set = bagOfSet(body[`${name}_set`]);
  if (set !== undefined) return set;
  const amount = body[name];
  if (amount === null || amount === undefined) return amount;
  return { shopMoney: { amount: String(amount), currencyCode: shop } };
}

/** A money set as GraphQL has it. */
export function bagOfSet(set: unknown): Bag | null | undefined {
  if (set === null || set === undefined) return set;
  const shop = isBody(set) ? moneyOf(set.shop_money) : undefined;
  if (!isBody(set) || !shop) return undefined;
  const presentment = moneyOf(set.presentment_money);
  return { shopMoney: shop, ...(presentment && { presentmentMoney: presentment }) };
}

function moneyOf(value: unknown): Money | undefined {
  if (!isBody(value) || value.amount === null || value.amount === undefined) return undefined;
  const currency = value.currency_code ?? value.currency;
  return {
    amount: String(value.amount),
    currencyCode: typeof currency === "string" ? currency : null,
  };
}

/**
 * The sum of amounts, each side by itself: a side is unknown as soon as one of them does not state
 * it. Null where neither is known.
 */
export function sumBags(
  bags: ReadonlyArray<Bag | null | undefined>,
  { shop, presentment }: Currencies,
): Bag | null {
  const inShop = sumKnown(
    bags.map((bag) => bag?.shopMoney?.amount),
    shop,
  );
  const inPresentment = presentment
    ? sumKnown(
        bags.map((bag) => bag?.presentmentMoney?.amount),
        presentment,
      )
    : null;
  if (!inShop && !inPresentment) return null;
  return { shopMoney: inShop, ...(inPresentment && { presentmentMoney: inPresentment }) };
}

function sumKnown(amounts: Array<string | undefined>, currencyCode: string | null): Money | null {
  return amounts.every((amount) => amount !== undefined)
    ? { amount: sumMoney(amounts), currencyCode }
    : null;
}
