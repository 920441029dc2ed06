import type { MoneyBag, OrderDocument } from "~/connectors/shopify/order-schemas";

/**
 * The shop's currency at the time of the order: as the order says it, else as any of its amounts
 * does. Null when the payload names none.
 */
export function orderCurrency(doc: OrderDocument): string | null {
  return doc.currencyCode ?? currencyOfAmounts(doc, "shopMoney");
}

/** The buyer's currency, found in the same way. */
export function presentmentCurrency(doc: OrderDocument): string | null {
  return doc.presentmentCurrencyCode ?? currencyOfAmounts(doc, "presentmentMoney");
}

/** The order's own amounts first, then those of its payments and lines: all are in one currency. */
function currencyOfAmounts(
  doc: OrderDocument,
  side: "shopMoney" | "presentmentMoney",
): string | null {
  const parts: object[] = [doc, ...(doc.transactions ?? []), ...(doc.lineItems ?? [])];
  for (const part of parts) {
    for (const value of Object.values(part)) {
      const currency = isBag(value) ? value[side]?.currencyCode : undefined;
      if (currency) return currency;
    }
  }
  return null;
}

function isBag(value: unknown): value is MoneyBag {
  return typeof value === "object" && value !== null && "shopMoney" in value;
}
