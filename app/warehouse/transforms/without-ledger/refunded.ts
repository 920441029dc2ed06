import Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { idOf, requireId } from "../require-id";
import { type Back, backEntry, type Entry } from "./entries";
import type { Taxed } from "./fill-taxes";
import { opposite, plainly, type RestOfThings } from "./rest-of-things";
import type { SaleKey } from "./sale-ids";
import { shopAmount } from "./shares";
import type { SoldType } from "./sold-things";

type Refund = NonNullable<OrderDocument["refunds"]>[number];

export interface Sold {
  things: readonly Taxed[];
  rest: RestOfThings;
  /** Whether prices, and so what is paid back of them, include their taxes. */
  included: boolean;
  /** The instant of what the payload gives no day for. */
  placedAt: string;
  /** Decimals of the currency. */
  digits: number;
}

/** What the refunds say came back, line by line, with their adjustments. */
export function refundEntries(doc: OrderDocument, sold: Sold): Entry[] {
  return (doc.refunds ?? []).flatMap((refund) => {
    const refundId = requireId(refund.id);
    const at = refund.createdAt ?? refund.processedAt ?? sold.placedAt;
    const back = (kind: SaleKey["kind"], own: string | null, index: number): Back => ({
      key: own ? { kind, id: own } : { kind, id: refundId, position: index + 1 },
      agreement: "RefundAgreement",
      refundId,
      at,
    });
    return [
      ...(refund.refundLineItems ?? []).map((line, index) =>
        lineBack(sold, line, back("REFUND_LINE", idOf(line), index)),
      ),
      ...(refund.refundShippingLines ?? []).map((line, index) =>
        shippingBack(sold, line, back("REFUND_SHIPPING", idOf(line), index)),
      ),
      ...(refund.duties ?? []).map((duty, index) =>
        dutyBack(duty, back("REFUND_DUTY", null, index)),
      ),
      ...(refund.orderAdjustments ?? []).map((one, index): Entry => {
        const { amount, tax } = paidBack(sold, one.amountSet, one.taxAmountSet);
        const booked = plainly(amount ?? new Big(0), tax ?? new Big(0));
        const where = back("ADJUSTMENT", idOf(one), index);
        return { ...backEntry(where, NOTHING, null, booked), type: "ADJUSTMENT" };
      }),
    ];
  });
}

const NOTHING = { type: "PRODUCT" as const, id: null };

/** Where prices include taxes a refund's subtotal holds its tax already: never add it there. */
function paidBack(
  { included }: Sold,
  subtotal: Parameters<typeof shopAmount>[0],
  taxes: Parameters<typeof shopAmount>[0],
) {
  const net = shopAmount(subtotal);
  const tax = shopAmount(taxes);
  return {
    amount: net && (included ? net : net.plus(tax ?? 0)),
    tax: tax ?? (net ? new Big(0) : null),
  };
}

type RefundLine = NonNullable<Refund["refundLineItems"]>[number];

function lineBack(sold: Sold, line: RefundLine, back: Back): Entry {
  const id = idOf(line.lineItem);
  const thing = sold.things.find((one) => one.key.kind === "LINE" && one.id === id);
  const { amount, tax } = paidBack(sold, line.subtotalSet, line.totalTaxSet);
  const stated = { ...(amount && { amount }), ...(tax && { tax }) };
  const count = line.quantity ?? 0;
  const booked = thing
    ? sold.rest.take(thing, count, stated)
    : plainly(amount ?? new Big(0), tax ?? new Big(0));
  return backEntry(back, thing ?? { type: "PRODUCT", id }, count, opposite(booked));
}

type RefundShipping = NonNullable<Refund["refundShippingLines"]>[number];

function shippingBack(sold: Sold, line: RefundShipping, back: Back): Entry {
  const id = idOf(line.shippingLine);
  const { amount, tax } = paidBack(sold, line.subtotalAmountSet, line.taxAmountSet);
  const booked = plainly(amount ?? new Big(0), tax ?? new Big(0));
  return backEntry(back, { type: "SHIPPING", id }, null, opposite(booked));
}

type RefundDuty = NonNullable<Refund["duties"]>[number];

function dutyBack(duty: RefundDuty, back: Back): Entry {
  const booked = plainly(shopAmount(duty.amountSet) ?? new Big(0));
  return backEntry(back, { type: "DUTY", id: idOf(duty.originalDuty) }, null, opposite(booked));
}

/** What entries took back of a type, positive: before taxes that are on top, as totals state it. */
export function takenBack(entries: readonly Entry[], type: SoldType, included: boolean): Big {
  return entries
    .filter((entry) => entry.action === "RETURN" && entry.type === type)
    .reduce((sum, { amount, tax }) => sum.minus(included ? amount : amount.minus(tax)), new Big(0));
}
