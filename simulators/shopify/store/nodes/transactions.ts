import { gid } from "../ids";
import { authorizationLeft } from "../orders/payments";
import type { TransactionRecord } from "../records-payments";
import type { PlainNode } from "../types";
import { instant, money, type NodeContext } from "./context";
import { locationReference, TILL } from "./locations";

/** OrderTransaction with its fees and parent. */
export function transactionNode(context: NodeContext, transaction: TransactionRecord): PlainNode {
  const { record, bagOf } = context;
  const parent = record.transactions.find((candidate) => candidate.id === transaction.parentId);
  const left =
    transaction.kind === "AUTHORIZATION" && transaction.status === "SUCCESS"
      ? authorizationLeft(record, transaction)
      : null;
  const manual = transaction.gateway === "manual" || transaction.gateway === "bank_deposit";
  return {
    ...transactionReference(transaction),
    test: record.test,
    createdAt: instant(transaction.createdAt),
    processedAt: instant(transaction.processedAt),
    amountSet: bagOf(transaction.amount, transaction.presentment),
    amountRoundingSet:
      transaction.rounding === 0 ? null : bagOf(transaction.rounding, transaction.rounding),
    totalUnsettledSet: left === null ? null : context.bag(left),
    parentTransaction: parent ? transactionReference(parent) : null,
    errorCode: transaction.errorCode,
    formattedGateway: transaction.gateway.replaceAll("_", " "),
    accountNumber: transaction.gateway === "shopify_payments" ? "•••• •••• •••• 4242" : null,
    authorizationExpiresAt:
      left === null ? null : instant(transaction.processedAt + 7 * 24 * 3_600_000),
    manualPaymentGateway: manual,
    manuallyCapturable: (left ?? 0) > 0,
    multiCapturable: false,
    paymentId: `${record.name}.${record.transactions.indexOf(transaction) + 1}`,
    receiptJson: "{}",
    settlementCurrency: record.presentment ? record.currency : null,
    settlementCurrencyRate: settlementRate(transaction, record.presentment !== null),
    maximumRefundableV2: null,
    currencyExchangeAdjustment: null,
    paymentDetails: paymentDetails(transaction.gateway),
    device: null,
    location: record.sourceName === "pos" ? { id: locationReference(context.shop, TILL).id } : null,
    shopifyPaymentsSet: null,
    fees: transaction.fee ? [feeNode(transaction.fee, record.currency)] : [],
  };
}

/** A card for the store's own gateway; the others say nothing about the means. */
function paymentDetails(gateway: string): PlainNode | null {
  if (gateway !== "shopify_payments") return null;
  return {
    __typename: "CardPaymentDetails",
    company: "Visa",
    wallet: null,
    paymentMethodName: "card",
    number: "•••• •••• •••• 4242",
    name: null,
    bin: null,
    avsResultCode: null,
    cvvResultCode: null,
    expirationMonth: null,
    expirationYear: null,
  };
}

/** A transaction where it is only pointed at. */
function transactionReference(transaction: TransactionRecord): PlainNode {
  return {
    __typename: "OrderTransaction",
    id: gid("OrderTransaction", transaction.id),
    kind: transaction.kind,
    status: transaction.status,
    gateway: transaction.gateway,
  };
}

function settlementRate(transaction: TransactionRecord, foreign: boolean): string | null {
  if (!foreign || transaction.presentment === 0) return null;
  return (transaction.amount / transaction.presentment).toFixed(6);
}

function feeNode(
  fee: { id: number; amount: number; ratePercent: string },
  currency: string,
): PlainNode {
  return {
    __typename: "TransactionFee",
    id: gid("TransactionFee", fee.id),
    type: "processing_fee",
    rate: fee.ratePercent,
    rateName: "Online card rate",
    flatFeeName: "Per transaction",
    flatFee: money(30, currency),
    amount: money(fee.amount, currency),
    taxAmount: money(0, currency),
  };
}
