import type { RawOrder } from "./order-schemas";
import { address, customer, journey } from "./rest/buyer";
import { discountApplication, discountCodes } from "./rest/discounts";
import { fulfillment, orderReturn } from "./rest/fulfillments";
import { attributes, lineItem, shippingLine, taxLines } from "./rest/lines";
import { paymentTotals, refund, transaction, unionOf } from "./rest/payments";
import {
  type Body,
  bagOf,
  bagOfSet,
  type Currencies,
  enumName,
  gidOf,
  isBody,
  itemsOf,
  reference,
  renamed,
  sumBags,
  textOrNull,
} from "./rest/values";

/** Whether this is a REST-shaped order: the body of an orders/* webhook or of a REST answer. */
export function isRestOrder(value: unknown): value is Body {
  if (!isBody(value)) return false;
  const { admin_graphql_api_id: gid, id } = value;
  const named = typeof gid === "string" ? gid.includes("/Order/") : /^\d+$/.test(String(id));
  return named && ("line_items" in value || "financial_status" in value || "total_price" in value);
}

/**
 * The one border adapter from a REST-shaped order to the shape of the GraphQL answer, pure. Parse
 * the body with `parseExactJson(text, { decimals: "text" })`. What the body does not hold is absent,
 * never 0; money is in shop currency where the body says so and is never converted. REST states
 * neither received nor refunded: they are summed from the order's transactions where the body holds
 * them, else they stay unknown. Throws DefectError `ROUNDED_ID` for an id that was read as a float.
 */
export function restOrder(body: Body): RawOrder {
  const currencies: Currencies = {
    shop: textOf(body.currency),
    presentment: textOf(body.presentment_currency),
  };
  const bags = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(names).map(([key, name]) => [name, bagOf(body, key, currencies)]),
    );
  const order = {
    __typename: "Order",
    id: gidOf("Order", body),
    ...renamed(body, SCALARS),
    email: textOrNull(body.email),
    phone: textOrNull(body.phone),
    cancelReason: enumName(body.cancel_reason),
    displayFinancialStatus: enumName(body.financial_status),
    displayFulfillmentStatus: fulfillmentStatus(body.fulfillment_status),
    tags: tagsOf(body.tags),
    app: reference("App", body.app_id),
    merchantOfRecordApp: reference("App", body.merchant_of_record_app_id),
    retailLocation: reference("Location", body.location_id),
    discountCodes: discountCodes(body),
    customAttributes: attributes(body, "note_attributes"),
    customer: customer(body.customer),
    billingAddress: address(body.billing_address),
    shippingAddress: address(body.shipping_address),
    customerJourneySummary: journey(body),
    ...bags(TOTALS),
    totalCashRoundingAdjustment: cashRounding(body),
    taxLines: taxLines(body, currencies),
    lineItems: itemsOf(body, "line_items")?.map(lineItem(currencies)),
    shippingLines: itemsOf(body, "shipping_lines")?.map(shippingLine(currencies)),
    discountApplications: itemsOf(body, "discount_applications")?.map(
      discountApplication(currencies),
    ),
    fulfillments: itemsOf(body, "fulfillments")?.map(fulfillment),
    returns: itemsOf(body, "returns")?.map(orderReturn),
    ...payments(body, currencies),
  };
  return Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined));
}

/**
 * Transactions are the order's own list, with those of its refunds where that lacks them. Refunds
 * alone do not make such a list: a body without it says nothing of what was received.
 */
function payments(body: Body, currencies: Currencies) {
  const refunds = itemsOf(body, "refunds")?.map(refund(currencies));
  const own = itemsOf(body, "transactions")?.map(transaction(currencies));
  if (!own) {
    const sums = refunds?.map((one) => one.totalRefundedSet);
    return { refunds, totalRefundedSet: sums && sumBags(sums, currencies) };
  }
  const transactions = unionOf(own, ...(refunds ?? []).map((one) => one.transactions ?? []));
  return { refunds, transactions, ...paymentTotals(transactions, currencies) };
}

const SCALARS = {
  name: "name",
  confirmation_number: "confirmationNumber",
  created_at: "createdAt",
  processed_at: "processedAt",
  updated_at: "updatedAt",
  closed_at: "closedAt",
  cancelled_at: "cancelledAt",
  test: "test",
  confirmed: "confirmed",
  currency: "currencyCode",
  presentment_currency: "presentmentCurrencyCode",
  taxes_included: "taxesIncluded",
  tax_exempt: "taxExempt",
  estimated_taxes: "estimatedTaxes",
  duties_included: "dutiesIncluded",
  note: "note",
  po_number: "poNumber",
  payment_gateway_names: "paymentGatewayNames",
  customer_locale: "customerLocale",
  buyer_accepts_marketing: "customerAcceptsMarketing",
  browser_ip: "clientIp",
  source_name: "sourceName",
  source_identifier: "sourceIdentifier",
  source_url: "registeredSourceUrl",
  order_status_url: "statusPageUrl",
  total_weight: "totalWeight",
};

/** Where REST and GraphQL state the same amount under two names. */
const TOTALS = {
  total_price: "totalPriceSet",
  subtotal_price: "subtotalPriceSet",
  total_tax: "totalTaxSet",
  total_discounts: "totalDiscountsSet",
  total_shipping_price: "totalShippingPriceSet",
  total_tip_received: "totalTipReceivedSet",
  total_outstanding: "totalOutstandingSet",
  current_total_price: "currentTotalPriceSet",
  current_subtotal_price: "currentSubtotalPriceSet",
  current_total_tax: "currentTotalTaxSet",
  current_total_discounts: "currentTotalDiscountsSet",
  current_shipping_price: "currentShippingPriceSet",
  current_total_duties: "currentTotalDutiesSet",
  current_total_additional_fees: "currentTotalAdditionalFeesSet",
  original_total_duties: "originalTotalDutiesSet",
  original_total_additional_fees: "originalTotalAdditionalFeesSet",
};

function cashRounding(body: Body) {
  const paymentSet = bagOfSet(body.total_cash_rounding_payment_adjustment_set);
  const refundSet = bagOfSet(body.total_cash_rounding_refund_adjustment_set);
  return paymentSet === undefined && refundSet === undefined
    ? undefined
    : { paymentSet, refundSet };
}

/** REST has three words, and null for an order of which nothing was sent. */
function fulfillmentStatus(value: unknown): unknown {
  if (value === null) return "UNFULFILLED";
  return value === "partial" ? "PARTIALLY_FULFILLED" : enumName(value);
}

function tagsOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
