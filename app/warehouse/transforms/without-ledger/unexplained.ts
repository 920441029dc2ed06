import Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import type { Entry } from "./entries";
import { dayOfGone } from "./gone";
import { plainly } from "./rest-of-things";
import { shopAmount, sumOf } from "./shares";

/**
 * What the lines do not explain of the order's total as placed. A rest that is the very amount of
 * the tips is one (no line of the payload was); any other is booked as UNKNOWN: shown as
 * unclassified, never taken for sales.
 */
export function restOfPlaced(
  orderId: string,
  doc: OrderDocument,
  placed: readonly Entry[],
  at: string,
): Entry[] {
  const booked = restOf(placed, shopAmount(doc.totalPriceSet), shopAmount(doc.totalTaxSet));
  if (!booked) return [];
  const tips = shopAmount(doc.totalTipReceivedSet);
  const isTip = !placed.some(({ type }) => type === "TIP") && (tips?.eq(booked.amount) ?? false);
  const entry = {
    ...booked,
    agreement: "OrderAgreement",
    action: "ORDER",
    quantity: null,
    id: null,
    refundId: null,
    at,
  } as const;
  return isTip && booked.tax.eq(0)
    ? [{ ...entry, key: { kind: "TIP", id: orderId }, type: "TIP" }]
    : [{ ...entry, key: { kind: "REST_PLACED", id: orderId }, type: "UNKNOWN" }];
}

/** The same for the total as it stands now, which knows no adjustments. */
export function restOfCurrent(
  orderId: string,
  doc: OrderDocument,
  entries: readonly Entry[],
  placedAt: string,
): Entry[] {
  const booked = restOf(
    entries.filter(({ type }) => type !== "ADJUSTMENT"),
    shopAmount(doc.currentTotalPriceSet),
    shopAmount(doc.currentTotalTaxSet),
  );
  if (!booked) return [];
  return [
    {
      ...booked,
      ...dayOfGone(doc, placedAt),
      key: { kind: "REST_CURRENT", id: orderId },
      action: "RETURN",
      type: "UNKNOWN",
      quantity: null,
      id: null,
      refundId: null,
    },
  ];
}

function restOf(entries: readonly Entry[], total: Big | null, taxes: Big | null) {
  const amount = total?.minus(sumOf(entries.map((entry) => entry.amount))) ?? new Big(0);
  const tax = taxes?.minus(sumOf(entries.map((entry) => entry.tax))) ?? new Big(0);
  return amount.eq(0) && tax.eq(0) ? null : plainly(amount, tax);
}
