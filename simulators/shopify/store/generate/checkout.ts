import type { OrderDraft } from "../orders/draft";
import { ledgerTotal } from "../orders/draft";
import { addTransaction } from "../orders/payments";
import type { Random } from "../random";

const CARD = "shopify_payments";
const CARD_FEE = { ratePercent: "0.029", ppm: 29_000, fixed: 30 };
const DAY = 86_400_000;

/** How far the order's payment came. */
export type PaymentState = "paid" | "authorized" | "open" | "part";

/**
 * Pays an order, or does not: one SALE, authorised and captured days later, declined and then paid,
 * by bank transfer that may arrive, in part, never. Nothing happens after `now`.
 */
export function payOnline(draft: OrderDraft, random: Random, now: number): PaymentState {
  const { record } = draft;
  const total = ledgerTotal(record);
  const at = record.createdAt;
  const paidAt = record.processedAt < at ? record.processedAt : undefined;
  const rateDriftPpm = random.int(-15_000, 15_000);
  const card = { gateway: CARD, settles: total, processedAt: paidAt, rateDriftPpm };
  if (total === 0) return "paid";
  const kind = random.weighted([800, 90, 30, 14, 12, 16, 8, 30]);
  if (kind === 1 || kind === 3) {
    const authorization = addTransaction(draft, { ...card, at, kind: "AUTHORIZATION" });
    const capturedAt = at + random.int(1, 60) * 3_600_000;
    if (kind === 3 || capturedAt > now) return "authorized";
    addTransaction(draft, {
      ...card,
      at: capturedAt,
      processedAt: undefined,
      kind: "CAPTURE",
      parentId: authorization.id,
      fee: CARD_FEE,
    });
  } else if (kind === 2) {
    addTransaction(draft, {
      ...card,
      at,
      kind: "SALE",
      status: "FAILURE",
      errorCode: "CARD_DECLINED",
    });
    addTransaction(draft, { ...card, at: Math.min(now, at + 60_000), kind: "SALE", fee: CARD_FEE });
  } else if (kind === 4) {
    return "open";
  } else if (kind === 5) {
    const transfer = { ...card, gateway: "bank_deposit" };
    const pending = addTransaction(draft, { ...transfer, at, kind: "SALE", status: "PENDING" });
    const arrived = at + random.int(1, 9) * DAY;
    if (random.chance(0.5) || arrived > now) return "open";
    addTransaction(draft, {
      ...transfer,
      at: arrived,
      processedAt: undefined,
      kind: "SALE",
      parentId: pending.id,
    });
  } else if (kind === 6) {
    addTransaction(draft, {
      ...card,
      at,
      settles: Math.ceil(total * 0.4),
      kind: "SALE",
      fee: CARD_FEE,
    });
    return total === 1 ? "paid" : "part";
  } else if (kind === 7) {
    addTransaction(draft, { ...card, gateway: "paypal", at, kind: "SALE" });
  } else addTransaction(draft, { ...card, at, kind: "SALE", fee: CARD_FEE });
  return "paid";
}

/** At the till: card, or cash with change given back and the total rounded to what coins can pay. */
export function payAtTill(draft: OrderDraft, random: Random): PaymentState {
  const total = ledgerTotal(draft.record);
  const at = draft.record.createdAt;
  if (total === 0) return "paid";
  if (random.chance(0.5)) {
    addTransaction(draft, { at, kind: "SALE", settles: total, gateway: CARD, fee: CARD_FEE });
    return "paid";
  }
  const rounded = Math.round(total / 5) * 5;
  const tendered = Math.ceil(rounded / 500) * 500;
  const change = tendered - rounded;
  const cash = { at, gateway: "cash" };
  const sale = addTransaction(draft, {
    ...cash,
    kind: "SALE",
    settles: total + change,
    rounding: rounded - total,
  });
  if (change > 0)
    addTransaction(draft, { ...cash, kind: "CHANGE", settles: change, parentId: sale.id });
  return "paid";
}
