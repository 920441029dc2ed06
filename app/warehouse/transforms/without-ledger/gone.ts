import Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { type Back, backEntry, type Entry } from "./entries";
import { paidFor, type Taxed, taxOf } from "./fill-taxes";
import { type Sold, takenBack } from "./refunded";
import { opposite, plainly } from "./rest-of-things";
import { deal, knownSum, shopAmount, sumOf } from "./shares";

/**
 * What is gone without a refund that names it: units that an edit took off, or that a refund held
 * without its lines took back; everything that is left of an order that was cancelled. `day` says
 * when. What the order states as its current quantities and totals decides.
 */
export function goneEntries(
  orderId: string,
  doc: OrderDocument,
  sold: Sold,
  refunded: readonly Entry[],
): Entry[] {
  const { at, agreement } = dayOfGone(doc, sold.placedAt);
  const back = (key: Back["key"]): Back => ({ key, agreement, refundId: null, at });
  const cancelled = doc.cancelledAt != null;
  const lines = sold.things.flatMap((thing) => {
    if (thing.key.kind !== "LINE" || thing.quantity === null) return [];
    const count = unitsGone(doc, thing, sold, cancelled);
    if (count <= 0) return [];
    const booked = opposite(sold.rest.take(thing, count));
    return [backEntry(back({ ...thing.key, kind: "LINE_GONE" }), thing, count, booked)];
  });
  const parts = [
    { type: "SHIPPING", kind: "SHIPPING_GONE", current: currentShipping(doc) },
    { type: "DUTY", kind: "DUTY_GONE", current: shopAmount(doc.currentTotalDutiesSet) },
  ] as const;
  const others = parts.flatMap(({ type, kind, current }) => {
    const things = sold.things.filter((thing) => thing.type === type);
    const whole = sumOf(things.map(paidFor));
    const left = whole.minus(takenBack(refunded, type, sold.included));
    const gone = current ? left.minus(current) : cancelled ? left : new Big(0);
    if (gone.lte(0) || whole.eq(0)) return [];
    const [tax = new Big(0)] =
      deal(sumOf(things.map(taxOf)), [gone, whole.minus(gone)], sold.digits) ?? [];
    const amount = sold.included ? gone : gone.plus(tax);
    const of = { type, id: things.length === 1 ? (things[0]?.id ?? null) : null };
    return [backEntry(back({ kind, id: orderId }), of, null, opposite(plainly(amount, tax)))];
  });
  return [...lines, ...others];
}

/**
 * The day of the cancellation; of the refund, where there is just one; else, as after an edit, whose
 * day no payload tells, that of the order itself.
 */
export function dayOfGone(doc: OrderDocument, placedAt: string): Pick<Back, "at" | "agreement"> {
  if (doc.cancelledAt) return { at: doc.cancelledAt, agreement: "RefundAgreement" };
  const [refund, ...more] = doc.refunds ?? [];
  const at = refund?.createdAt ?? refund?.processedAt;
  if (at && more.length === 0 && doc.edited !== true) return { at, agreement: "RefundAgreement" };
  return { at: placedAt, agreement: "OrderEditAgreement" };
}

function unitsGone(doc: OrderDocument, thing: Taxed, { rest }: Sold, cancelled: boolean): number {
  const line = doc.lineItems?.find(({ id }) => id.endsWith(`/${thing.id}`));
  if (line?.currentQuantity != null) return rest.countOf(thing) - line.currentQuantity;
  return cancelled ? rest.countOf(thing) : 0;
}

function currentShipping(doc: OrderDocument): Big | null {
  const lines = doc.shippingLines ?? [];
  return (
    shopAmount(doc.currentShippingPriceSet) ??
    (lines.length > 0
      ? knownSum(lines.map((line) => shopAmount(line.currentDiscountedPriceSet)))
      : null)
  );
}
