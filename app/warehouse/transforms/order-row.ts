import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { customerKey } from "./customer-key";
import { orderAmounts } from "./order-amounts";
import { orderCurrency, presentmentCurrency } from "./order-currency";
import { idOf } from "./require-id";
import { prefixedVisit, visitColumns } from "./visit-rows";

export type OrderRow = ReturnType<typeof orderRow>;

/**
 * The `core_warehouse.orders` row of a document. Property names are column names; money in the
 * order's shop currency (`_presentment` in the buyer's), instants as ISO strings, weights in grams.
 */
export function orderRow(orderId: string, doc: OrderDocument) {
  return {
    order_id: orderId,
    ...head(doc),
    ...state(doc),
    ...origin(doc),
    ...buyer(doc),
    ...address("billing", doc.billingAddress),
    ...address("shipping", doc.shippingAddress),
    ...journey(doc),
    ...orderAmounts(doc),
    ledger_complete: Array.isArray(doc.agreements),
  };
}

function head(doc: OrderDocument) {
  return {
    name: doc.name ?? null,
    number: doc.number ?? null,
    confirmation_number: doc.confirmationNumber ?? null,
    po_number: doc.poNumber ?? null,
    created_at: doc.createdAt ?? null,
    processed_at: doc.processedAt ?? null,
    updated_at: doc.updatedAt ?? null,
    cancelled_at: doc.cancelledAt ?? null,
    cancel_reason: doc.cancelReason ?? null,
    cancellation_staff_note: doc.cancellation?.staffNote ?? null,
    closed_at: doc.closedAt ?? null,
    currency: orderCurrency(doc),
    presentment_currency: presentmentCurrency(doc),
    taxes_included: doc.taxesIncluded ?? null,
    tax_exempt: doc.taxExempt ?? null,
    estimated_taxes: doc.estimatedTaxes ?? null,
    duties_included: doc.dutiesIncluded ?? null,
    tags: doc.tags ?? null,
    discount_codes: doc.discountCodes ?? null,
    payment_gateway_names: doc.paymentGatewayNames ?? null,
    custom_attributes: doc.customAttributes ?? null,
  };
}

function state(doc: OrderDocument) {
  return {
    test: doc.test ?? null,
    edited: doc.edited ?? null,
    confirmed: doc.confirmed ?? null,
    display_financial_status: doc.displayFinancialStatus ?? null,
    display_fulfillment_status: doc.displayFulfillmentStatus ?? null,
    return_status: doc.returnStatus ?? null,
    fully_paid: doc.fullyPaid ?? null,
    unpaid: doc.unpaid ?? null,
    requires_shipping: doc.requiresShipping ?? null,
    subtotal_line_items_quantity: doc.subtotalLineItemsQuantity ?? null,
    current_subtotal_line_items_quantity: doc.currentSubtotalLineItemsQuantity ?? null,
    total_weight: doc.totalWeight ?? null,
    current_total_weight: doc.currentTotalWeight ?? null,
    fulfillments_count: doc.fulfillmentsCount?.count ?? null,
    risk_recommendation: doc.risk?.recommendation ?? null,
    risk_level: riskLevel(doc),
    disputes: doc.disputes ?? null,
    shopify_protect_status: doc.shopifyProtect?.status ?? null,
  };
}

const RISK_LEVELS = ["NONE", "PENDING", "LOW", "MEDIUM", "HIGH"];

/** The gravest of the assessments: one app's worry is not outweighed by another's trust. */
function riskLevel(doc: OrderDocument): string | null {
  const levels = (doc.risk?.assessments ?? []).flatMap(({ riskLevel: level }) => level ?? []);
  const rank = (level: string) => RISK_LEVELS.indexOf(level);
  return levels.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

function origin(doc: OrderDocument) {
  return {
    source_name: doc.sourceName ?? null,
    source_identifier: doc.sourceIdentifier ?? null,
    registered_source_url: doc.registeredSourceUrl ?? null,
    app_id: idOf(doc.app),
    app_name: doc.app?.name ?? null,
    merchant_of_record_app_id: idOf(doc.merchantOfRecordApp),
    retail_location_id: idOf(doc.retailLocation),
  };
}

function buyer(doc: OrderDocument) {
  const customerId = idOf(doc.customer);
  const email = doc.email ?? null;
  const phone = doc.phone ?? null;
  return {
    customer_id: customerId,
    email,
    phone,
    customer_key: customerKey({ customerId, email, phone }),
    customer_accepts_marketing: doc.customerAcceptsMarketing ?? null,
    customer_locale: doc.customerLocale ?? null,
    purchasing_entity_type: doc.purchasingEntity?.__typename ?? null,
  };
}

type Place = "city" | "province" | "province_code" | "country" | "country_code" | "zip";

function address<Kind extends "billing" | "shipping">(
  kind: Kind,
  from: OrderDocument["shippingAddress"],
): Record<`${Kind}_${Place}`, string | null> {
  const row: Record<string, string | null> = {
    [`${kind}_city`]: from?.city ?? null,
    [`${kind}_province`]: from?.province ?? null,
    [`${kind}_province_code`]: from?.provinceCode ?? null,
    [`${kind}_country`]: from?.country ?? null,
    [`${kind}_country_code`]: from?.countryCodeV2 ?? null,
    [`${kind}_zip`]: from?.zip ?? null,
  };
  return row as Record<`${Kind}_${Place}`, string | null>;
}

const firstVisit = prefixedVisit("first_visit");
const lastVisit = prefixedVisit("last_visit");

/** `landing_page`, `referrer_url` and `utm_*` are the last visit's, else the first's. */
function journey({ customerJourneySummary: summary }: OrderDocument) {
  const {
    landing_page,
    referrer_url,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    utm_term,
  } = visitColumns(summary?.lastVisit ?? summary?.firstVisit);
  return {
    customer_order_index: summary?.customerOrderIndex ?? null,
    days_to_conversion: summary?.daysToConversion ?? null,
    moments_count: summary?.momentsCount?.count ?? null,
    landing_page,
    referrer_url,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    utm_term,
    ...firstVisit(summary?.firstVisit),
    ...lastVisit(summary?.lastVisit),
  };
}
