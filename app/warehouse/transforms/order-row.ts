import type { MoneyBag, OrderDocument } from "~/connectors/shopify/order-schemas";
import { numericId } from "~/lib/shopify-ids";
import { customerKey } from "./customer-key";
import { moneyPair } from "./money-columns";

export type OrderRow = ReturnType<typeof orderRow>;

/**
 * The `core_warehouse.orders` row of a document. Property names are column names; money in the
 * order's shop currency (`_presentment` in the buyer's), instants as ISO strings.
 */
export function orderRow(orderId: string, doc: OrderDocument) {
  const visit = doc.customerJourneySummary?.lastVisit ?? doc.customerJourneySummary?.firstVisit;
  const utm = visit?.utmParameters;
  const customerId = doc.customer ? numericId(doc.customer.id) : null;
  const email = doc.email ?? null;
  const phone = doc.phone ?? null;
  return {
    order_id: orderId,
    name: doc.name ?? null,
    created_at: doc.createdAt ?? null,
    processed_at: doc.processedAt ?? null,
    updated_at: doc.updatedAt ?? null,
    cancelled_at: doc.cancelledAt ?? null,
    cancel_reason: doc.cancelReason ?? null,
    closed_at: doc.closedAt ?? null,
    test: doc.test ?? null,
    currency: orderCurrency(doc),
    presentment_currency: presentmentCurrency(doc),
    display_financial_status: doc.displayFinancialStatus ?? null,
    display_fulfillment_status: doc.displayFulfillmentStatus ?? null,
    return_status: doc.returnStatus ?? null,
    source_name: doc.sourceName ?? null,
    taxes_included: doc.taxesIncluded ?? null,
    tags: doc.tags ?? null,
    discount_codes: doc.discountCodes ?? null,
    payment_gateway_names: doc.paymentGatewayNames ?? null,
    customer_id: customerId,
    email,
    phone,
    customer_key: customerKey({ customerId, email, phone }),
    customer_order_index: doc.customerJourneySummary?.customerOrderIndex ?? null,
    shipping_country_code: doc.shippingAddress?.countryCodeV2 ?? null,
    shipping_province_code: doc.shippingAddress?.provinceCode ?? null,
    landing_page: visit?.landingPage ?? null,
    referrer_url: visit?.referrerUrl ?? null,
    utm_source: utm?.source ?? null,
    utm_medium: utm?.medium ?? null,
    utm_campaign: utm?.campaign ?? null,
    utm_content: utm?.content ?? null,
    utm_term: utm?.term ?? null,
    ...moneyPair("total_price", doc.totalPriceSet),
    ...moneyPair("subtotal_price", doc.subtotalPriceSet),
    ...moneyPair("total_discounts", doc.totalDiscountsSet),
    ...moneyPair("total_shipping_price", doc.totalShippingPriceSet),
    ...moneyPair("total_tax", doc.totalTaxSet),
    ...moneyPair("total_tip_received", doc.totalTipReceivedSet),
    ...moneyPair("total_received", doc.totalReceivedSet),
    ...moneyPair("total_refunded", doc.totalRefundedSet),
    ...moneyPair("net_payment", doc.netPaymentSet),
    ...moneyPair("total_outstanding", doc.totalOutstandingSet),
    ...moneyPair("total_capturable", doc.totalCapturableSet),
    ...moneyPair("current_total_price", doc.currentTotalPriceSet),
    ...moneyPair("current_subtotal_price", doc.currentSubtotalPriceSet),
    ...moneyPair("current_total_discounts", doc.currentTotalDiscountsSet),
    ...moneyPair("current_total_tax", doc.currentTotalTaxSet),
    ledger_complete: Array.isArray(doc.agreements),
  };
}

/**
 * The shop's currency at the time of the order: as the order says it, else as any of its amounts
 * does. Null when the payload names none.
 */
export function orderCurrency(doc: OrderDocument): string | null {
  return doc.currencyCode ?? currencyOfAmounts(doc, "shopMoney");
}

function presentmentCurrency(doc: OrderDocument): string | null {
  return doc.presentmentCurrencyCode ?? currencyOfAmounts(doc, "presentmentMoney");
}

/** The order's own amounts first, then those of its payments and lines: all are in one currency. */
function currencyOfAmounts(
  doc: OrderDocument,
  side: "shopMoney" | "presentmentMoney",
): string | null {
  const parts: object[] = [doc, ...(doc.transactions ?? []), ...(doc.lineItems ?? [])];
  for (const part of parts) {
    for (const value of Object.values(part)) {
      const currency = isBag(value) ? value[side]?.currencyCode : undefined;
      if (currency) return currency;
    }
  }
  return null;
}

function isBag(value: unknown): value is MoneyBag {
  return typeof value === "object" && value !== null && "shopMoney" in value;
}
