import { gid } from "../ids";
import { balance, capturable, received, refunded } from "../orders/payments";
import { financialStatus, fulfillmentStatus, lineUnits, returnStatus } from "../orders/status";
import type { OrderRecord } from "../records";
import type { OrderNode, PlainNode, SimShop } from "../types";
import { agreementNode } from "./agreements";
import { instant, instantOrNull, type NodeContext, nodeContext } from "./context";
import { discountNode } from "./discounts";
import { journeyNode } from "./journey";
import type { CatalogueIndex } from "./line-product";
import { lineNode, shippingNode, taxLine } from "./lines";
import { orderMoney } from "./order-money";
import { addressNode, customerNode } from "./people";
import { fulfillmentNode, refundNode, returnNode } from "./refunds";
import { transactionNode } from "./transactions";

/** The whole Order: every field that is not deprecated, lists and connections as plain arrays. */
export function orderNode(
  shop: SimShop,
  record: OrderRecord,
  catalogue: CatalogueIndex,
): OrderNode {
  const context = nodeContext(shop, record);
  return {
    __typename: "Order",
    id: gid("Order", record.id),
    legacyResourceId: String(record.id),
    ...scalars(context),
    ...state(context),
    ...orderMoney(context),
    ...people(context),
    ...parts(context, catalogue),
    ...emptyParts(),
  };
}

function scalars({ record, shop }: NodeContext): PlainNode {
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

function state({ record }: NodeContext): PlainNode {
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

function people({ record, shop }: NodeContext): PlainNode {
  const customer = record.customer ? customerNode(record.customer, record.currency) : null;
  const address = addressNode(record.address);
  return {
    customer,
    purchasingEntity: customer && { __typename: "Customer", id: customer.id },
    billingAddress: address,
    shippingAddress: address,
    displayAddress: address,
    billingAddressMatchesShippingAddress: true,
    customerJourneySummary: journeyNode(record),
    merchantBusinessEntity: {
      __typename: "BusinessEntity",
      id: gid("BusinessEntity", shop.id),
      displayName: shop.name,
      companyName: shop.name,
      primary: true,
      archived: false,
      address: { countryCode: shop.countryCode },
    },
  };
}

function parts(context: NodeContext, catalogue: CatalogueIndex): PlainNode {
  const { record } = context;
  const shippingLines = record.shipping.map((line) => shippingNode(context, line));
  return {
    lineItems: record.lines.map((line) => lineNode(context, line, catalogue)),
    nonFulfillableLineItems: [],
    shippingLines,
    shippingLine: shippingLines[0] ?? null,
    discountApplications: record.discounts.map((_, index) => discountNode(context, index)),
    taxLines: orderTaxLines(context, false),
    currentTaxLines: orderTaxLines(context, true),
    transactions: record.transactions.map((transaction) => transactionNode(context, transaction)),
    transactionsCount: count(record.transactions.length),
    refunds: record.refunds.map((refund) => refundNode(context, refund)),
    returns: record.returns.map((item) => returnNode(context, item)),
    fulfillments: record.fulfillments.map((item) => fulfillmentNode(context, item)),
    fulfillmentsCount: count(record.fulfillments.length),
    agreements: record.agreements.map((agreement) => agreementNode(context, agreement)),
  };
}

/** Taxes by title over all lines; `current` counts what came back. */
function orderTaxLines(context: NodeContext, current: boolean): PlainNode[] {
  const { record } = context;
  const rates = new Map(
    [...record.lines, ...record.shipping].map((item) => [item.id, item.taxRates]),
  );
  const totals = new Map<string, { title: string; ppm: number; tax: number }>();
  for (const sale of record.agreements.flatMap((agreement) => agreement.sales)) {
    if (sale.ref === null || (!current && sale.action === "RETURN")) continue;
    rates.get(sale.ref)?.forEach((rate, i) => {
      const total = totals.get(rate.title) ?? { ...rate, tax: 0 };
      total.tax += sale.taxes[i] ?? 0;
      totals.set(rate.title, total);
    });
  }
  return [...totals.values()].map(({ tax, ...rate }) => taxLine(context, rate, tax));
}

function count(value: number): PlainNode {
  return { count: value, precision: "EXACT" };
}

/** What the stand-in's orders never have. */
function emptyParts(): PlainNode {
  return {
    risk: { recommendation: "NONE", assessments: [] },
    paymentCollectionDetails: { additionalPaymentCollectionUrl: null, vaultedPaymentMethods: [] },
    additionalFees: [],
    alerts: [],
    customAttributes: [],
    disputes: [],
    events: [],
    fulfillmentOrders: [],
    localizedFields: [],
    metafields: [],
    app: null,
    merchantOfRecordApp: null,
    metafield: null,
    paymentTerms: null,
    publication: null,
    retailLocation: null,
    shopifyProtect: null,
    staffMember: null,
    suggestedRefund: null,
  };
}
