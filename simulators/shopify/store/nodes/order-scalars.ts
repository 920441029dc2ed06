import { balance, capturable, received, refunded } from "../orders/payments";
import { financialStatus, fulfillmentStatus, lineUnits, returnStatus } from "../orders/status";
import type { OrderRecord } from "../records";
import type { PlainNode } from "../types";
import { instant, instantOrNull, type NodeContext } from "./context";

/** What was written down of an order. */
export function orderScalars({ record, shop }: NodeContext): PlainNode {
  return {
    name: record.name,
    number: record.number,
    confirmationNumber: record.id.toString(36).toUpperCase().slice(-9),
    createdAt: instant(record.createdAt),
    processedAt: instant(record.processedAt),
    updatedAt: instant(record.updatedAt),
    cancelledAt: instantOrNull(record.cancelledAt),
    cancelReason: record.cancelReason,
    cancellation: record.cancelledAt === null ? null : { staffNote: null },
    closed: record.closedAt !== null,
    closedAt: instantOrNull(record.closedAt),
    test: record.test,
    currencyCode: record.currency,
    presentmentCurrencyCode: record.presentment?.currency ?? record.currency,
    taxesIncluded: record.taxesIncluded,
    sourceName: record.sourceName,
    sourceIdentifier: null,
    registeredSourceUrl: null,
    statusPageUrl: `https://${shop.domain}/${shop.id}/orders/${record.id}/authenticate`,
    tags: record.tags,
    note: record.note,
    email: record.email,
    phone: record.phone,
    clientIp: record.sourceName === "web" ? "203.0.113.7" : null,
    customerAcceptsMarketing: false,
    customerLocale: record.sourceName === "web" ? "en" : null,
    discountCodes: codes(record),
    discountCode: codes(record)[0] ?? null,
    poNumber: null,
    confirmed: true,
    canNotifyCustomer: record.email !== null,
    dutiesIncluded: false,
    estimatedTaxes: false,
    hasTimelineComment: false,
    merchantEditableErrors: [],
    productNetwork: false,
    taxExempt: false,
  };
}

function codes(record: OrderRecord): string[] {
  return record.discounts.flatMap((discount) => (discount.kind === "code" ? [discount.label] : []));
}

/** What follows from its lines, ledger and transactions. */
export function orderState({ record }: NodeContext): PlainNode {
  const units = record.lines.map((line) => ({ line, ...lineUnits(record, line) }));
  const counted = units.filter(({ line }) => line.kind === "PRODUCT");
  const paid = received(record, "settles");
  const open = units.some(
    ({ line, current, fulfilled }) => line.requiresShipping && current > fulfilled,
  );
  const gateways = record.transactions.map((transaction) => transaction.gateway);
  return {
    displayFinancialStatus: financialStatus(record),
    displayFulfillmentStatus: fulfillmentStatus(record),
    returnStatus: returnStatus(record),
    edited: record.agreements.some((agreement) => agreement.type === "OrderEditAgreement"),
    canMarkAsPaid: record.cancelledAt === null && paid === 0 && balance(record) > 0,
    capturable: capturable(record) > 0,
    fullyPaid: paid > 0 && balance(record) <= 0,
    unpaid: paid === 0,
    refundable: paid > refunded(record, "settles"),
    restockable: open,
    fulfillable: record.cancelledAt === null && open,
    merchantEditable: record.cancelledAt === null,
    requiresShipping: record.lines.some((line) => line.requiresShipping),
    subtotalLineItemsQuantity: counted.reduce((sum, { line }) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: counted.reduce((sum, { current }) => sum + current, 0),
    totalWeight: String(units.reduce((sum, { line }) => sum + line.weightGrams * line.quantity, 0)),
    currentTotalWeight: String(
      units.reduce((sum, { line, current }) => sum + line.weightGrams * current, 0),
    ),
    paymentGatewayNames: [...new Set(gateways)],
  };
}
