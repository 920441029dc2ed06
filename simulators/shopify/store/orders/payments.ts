import { mulDiv } from "../money";
import type { OrderRecord } from "../records";
import type { TransactionKind, TransactionRecord } from "../records-payments";
import { ledgerTotal, type OrderDraft, touch } from "./draft";

const MILLION = 1_000_000;

export interface Payment {
  at: number;
  kind: TransactionKind;
  status?: TransactionRecord["status"];
  /** How much of the order's price it settles; for a CHANGE what is handed back. */
  settles: number;
  gateway: string;
  parentId?: number | null;
  /** Cash rounding, signed: 17.53 paid with 17.55 is +2. */
  rounding?: number;
  errorCode?: string | null;
  /** When the order was paid, if before it reached Shopify (imports). */
  processedAt?: number;
  /** This transaction's own rate over the order's, in millionths; Shopify fixes a rate per transaction. */
  rateDriftPpm?: number;
  fee?: { ratePercent: string; ppm: number; fixed: number };
}

/** Books a transaction. Shop money of a foreign order comes from its presentment money at its own rate. */
export function addTransaction(draft: OrderDraft, payment: Payment): TransactionRecord {
  const { record, ids } = draft;
  const presentment = toPresentment(record, payment.settles);
  const drift = record.presentment ? (payment.rateDriftPpm ?? 0) : 0;
  const amount = mulDiv(payment.settles, MILLION + drift, MILLION);
  const transaction: TransactionRecord = {
    id: ids.next("OrderTransaction"),
    kind: payment.kind,
    status: payment.status ?? "SUCCESS",
    gateway: payment.gateway,
    createdAt: payment.at,
    processedAt: payment.processedAt ?? payment.at,
    parentId: payment.parentId ?? null,
    amount,
    presentment,
    settles: payment.settles,
    rounding: payment.rounding ?? 0,
    errorCode: payment.errorCode ?? null,
    fee: payment.fee
      ? {
          id: ids.next("TransactionFee"),
          amount: mulDiv(amount, payment.fee.ppm, MILLION) + payment.fee.fixed,
          ratePercent: payment.fee.ratePercent,
        }
      : null,
  };
  record.transactions.push(transaction);
  touch(draft, payment.at);
  return transaction;
}

/** Shop minor units in the order's presentment currency, at the order's own rate. */
export function toPresentment(record: OrderRecord, minor: number): number {
  return record.presentment ? mulDiv(minor, record.presentment.ratePpm, MILLION) : minor;
}

type MoneyField = "amount" | "presentment" | "settles";

/** Σ of a transaction field over money that truly moved: SALE + CAPTURE − CHANGE. */
export function received(record: OrderRecord, field: MoneyField): number {
  let total = 0;
  for (const transaction of record.transactions) {
    if (transaction.status !== "SUCCESS") continue;
    const rounding = field === "settles" ? 0 : transaction.rounding;
    if (transaction.kind === "SALE" || transaction.kind === "CAPTURE") {
      total += transaction[field] + rounding;
    } else if (transaction.kind === "CHANGE") total -= transaction[field];
  }
  return total;
}

/** Σ of a transaction field over refunds that went through. */
export function refunded(record: OrderRecord, field: MoneyField): number {
  let total = 0;
  for (const transaction of record.transactions) {
    if (transaction.status !== "SUCCESS" || transaction.kind !== "REFUND") continue;
    total += transaction[field] + (field === "settles" ? 0 : transaction.rounding);
  }
  return total;
}

/** What is authorised and neither captured nor voided. */
export function capturable(record: OrderRecord): number {
  let total = 0;
  for (const transaction of record.transactions) {
    if (transaction.status === "SUCCESS" && transaction.kind === "AUTHORIZATION") {
      total += authorizationLeft(record, transaction);
    }
  }
  return total;
}

/** What is left to capture of one authorisation. */
export function authorizationLeft(record: OrderRecord, authorization: TransactionRecord): number {
  const children = record.transactions.filter(
    (child) => child.parentId === authorization.id && child.status === "SUCCESS",
  );
  if (children.some((child) => child.kind === "VOID")) return 0;
  const captured = children.reduce(
    (sum, child) => sum + (child.kind === "CAPTURE" ? child.settles : 0),
    0,
  );
  return Math.max(0, authorization.settles - captured);
}

/** What the customer still owes (negative: is owed), adjustments and payments counted. */
export function balance(record: OrderRecord): number {
  return ledgerTotal(record) - received(record, "settles") + refunded(record, "settles");
}
