import { DateTime } from "luxon";
import type { TruthOrder } from "./sales-by-day";

interface Bag {
  shopMoney: { amount: string };
}

/** What the kinds are read from, beside what the figures are made of. */
export interface KindOrder extends TruthOrder {
  createdAt: string;
  cancelledAt: string | null;
  sourceName: string;
  taxesIncluded: boolean;
  currencyCode: string;
  presentmentCurrencyCode: string;
  displayFinancialStatus: string | null;
  lineItems: { taxLines: unknown[] }[];
  refunds: {
    refundLineItems: unknown[];
    refundShippingLines: unknown[];
    duties: unknown[];
    transactions: unknown[];
    orderAdjustments: { reason: string; amountSet: Bag }[];
  }[];
}

type Kind = (order: KindOrder, zone: string) => boolean;

const sales = (order: KindOrder) => order.agreements.flatMap((agreement) => agreement.sales);
const row =
  (lineType: string, actionType?: string): Kind =>
  (order) =>
    sales(order).some(
      (sale) => sale.lineType === lineType && (!actionType || sale.actionType === actionType),
    );
const edit =
  (actionType: string): Kind =>
  (order) =>
    order.agreements.some(
      ({ __typename, sales: rows }) =>
        __typename === "OrderEditAgreement" && rows.some((sale) => sale.actionType === actionType),
    );
const moved = (order: KindOrder, kind: string, gateway?: string) =>
  order.transactions.some(
    (one) =>
      one.kind === kind &&
      one.status === "SUCCESS" &&
      (!gateway || (one as { gateway?: string }).gateway === gateway),
  );

/** Every instant that decides on which day something is counted. */
const instants = (order: KindOrder) => [
  order.processedAt,
  ...order.agreements.slice(1).map(({ happenedAt }) => happenedAt),
];
const anyAt =
  (holds: (at: DateTime) => boolean): Kind =>
  (order, zone) =>
    instants(order).some((instant) => holds(DateTime.fromISO(instant, { zone })));

/** Within the hour before or after a change of the clock by this many minutes (60 in spring, -60 in autumn). */
const nearChange = (minutes: number) =>
  anyAt(
    (at) =>
      at.plus({ minutes: 59, seconds: 59 }).offset - at.minus({ hours: 1 }).offset === minutes,
  );

/** Kinds of order, each with how it is known. A store need not hold those of another sort of shop. */
export const KINDS_OF_ORDER: Record<string, Kind> = {
  "refund with lines": (o) => o.refunds.some((one) => one.refundLineItems.length > 0),
  "refund without lines": (o) =>
    o.refunds.some((one) => one.refundLineItems.length === 0 && one.transactions.length > 0),
  "refund of shipping": (o) => o.refunds.some((one) => one.refundShippingLines.length > 0),
  "refund less a fee booked as ADJUSTMENT": (o) =>
    o.refunds.some((one) => one.orderAdjustments.some(({ reason }) => reason === "RESTOCK")),
  "return less a fee booked as FEE": row("FEE"),
  "goods back, money not": (o) =>
    o.refunds.some((one) => one.refundLineItems.length > 0 && one.transactions.length === 0),
  "edit that adds": edit("ORDER"),
  "edit that removes": edit("RETURN"),
  "edit that discounts": edit("UPDATE"),
  cancelled: (o) => o.cancelledAt !== null,
  "test order": (o) => o.test,
  imported: (o) => o.processedAt < o.createdAt,
  "gift card sold": row("GIFT_CARD", "ORDER"),
  "paid by gift card": (o) => moved(o, "SALE", "gift_card"),
  tip: row("TIP"),
  duty: row("DUTY"),
  "additional fee": row("ADDITIONAL_FEE"),
  "row of an unknown kind": row("UNKNOWN"),
  "paid in part": (o) => o.displayFinancialStatus === "PARTIALLY_PAID",
  "captured later": (o) => moved(o, "CAPTURE"),
  unpaid: (o) => o.displayFinancialStatus === null || o.displayFinancialStatus === "PENDING",
  "cash with change": (o) => moved(o, "CHANGE"),
  "cash rounded": (o) => o.transactions.some((one) => one.amountRoundingSet !== null),
  "customer known": (o) => o.customer !== null,
  "guest by email": (o) => !o.customer && o.email !== null,
  "guest by phone": (o) => !o.customer && !o.email && o.phone !== null,
  anonymous: (o) => !o.customer && !o.email && !o.phone,
  "first second of a day": anyAt((at) => at.equals(at.startOf("day"))),
  "last second of a day": anyAt((at) => at.plus({ seconds: 1 }).hasSame(at, "day") === false),
  "within the hour of the change to summer time": nearChange(60),
  "within the hour of the change to winter time": nearChange(-60),
  "tax in the price": (o) => o.taxesIncluded && o.lineItems.some((one) => one.taxLines.length > 0),
  "tax on top": (o) => !o.taxesIncluded && o.lineItems.some((one) => one.taxLines.length > 0),
  "paid in another currency than the shop's": (o) => o.presentmentCurrencyCode !== o.currencyCode,
};

/** How many orders of each kind there are. */
export function countKinds(orders: Iterable<KindOrder>, zone: string): Record<string, number> {
  const counts = Object.fromEntries(Object.keys(KINDS_OF_ORDER).map((kind) => [kind, 0]));
  for (const order of orders) {
    for (const [kind, holds] of Object.entries(KINDS_OF_ORDER)) {
      if (holds(order, zone)) counts[kind] = (counts[kind] ?? 0) + 1;
    }
  }
  return counts;
}
