import type Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { linePrice } from "./line-price";
import { knownSum, shopAmount } from "./shares";

type Lines = NonNullable<OrderDocument["lineItems"]>;

/**
 * Ids of the lines that are tips. A line does not say so itself: it is one of no product that needs
 * no parcel, and those that are must come to what the order states as its tips.
 */
export function tipLines(doc: OrderDocument, lines: Lines): ReadonlySet<string> {
  const like = lines.filter(
    (line) => !line.product && !line.variant && !line.isGiftCard && !line.requiresShipping,
  );
  const named = like.filter(({ title, name }) => /^tip$/i.test((title ?? name ?? "").trim()));
  const total = shopAmount(doc.totalTipReceivedSet);
  if (total?.eq(0)) return new Set();
  const candidates = total
    ? [named, ...like.map((line) => [line]), like].find((some) => comesTo(some, total))
    : named;
  return new Set((candidates ?? []).map(({ id }) => id));
}

function comesTo(lines: Lines, total: Big): boolean {
  return knownSum(lines.map(linePrice))?.eq(total) ?? false;
}
