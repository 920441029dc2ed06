import { z } from "zod";

/**
 * The pieces that raw documents are made of. Strict about what is used (an amount is a decimal
 * string, a list a list), tolerant about what may be missing: a fixture, an old body or a narrower
 * query holds less, and what is not held becomes null, never 0. Enums are plain strings, because
 * Shopify adds values within a version.
 */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a decimal string");

export const money = z.object({ amount: decimal, currencyCode: z.string().nullish() });
export const moneyBag = z.object({ shopMoney: money, presentmentMoney: money.nullish() });

/** Either side may be unknown: an old body states a payment in the buyer's money alone. */
const looseBag = moneyBag.extend({ shopMoney: money.nullish() });
export type MoneyBag = z.infer<typeof looseBag>;

export const bag = looseBag.nullish();
export const instant = z.iso.datetime({ offset: true }).nullish();
export const text = z.string().nullish();
export const flag = z.boolean().nullish();
export const count = z.number().int().nullish();
/** A rate or share: kept as the text it came as, for a float has no place near money. */
export const rate = z.union([decimal, z.number().transform(String)]).nullish();
/** Shopify's UnsignedInt64: a string of digits. */
export const digits = z.union([z.string().regex(/^\d+$/), z.number().int().transform(String)]);
export const reference = z.object({ id: z.string() }).nullish();
export const counted = z.object({ count: z.number().int() }).nullish();

export const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

/** Children become rows by their ids: a list read without ids counts as not held. */
export const children = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (Array.isArray(value) && !value.every(hasId) ? null : value), list(item));

function hasId(value: unknown): boolean {
  return typeof value === "object" && value !== null && "id" in value;
}

export const attributes = list(z.object({ key: z.string(), value: text }));
