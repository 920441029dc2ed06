import { sum } from "../store/orders/pricing";
import { financialStatus, fulfillmentStatus } from "../store/orders/status";
import type { OrderRecord } from "../store/records";
import type { PlainNode, SimShop } from "../store/types";
import { type RestContext, restContext, restGid } from "./context";
import { restAddress, restCustomer } from "./customer";
import { restFulfillment } from "./fulfillment";
import { restLine, restShipping } from "./lines";
import { restMoney } from "./order-money";
import { restRefund } from "./payments";

/** The order of a webhook (reference/shopify-api.md §5): REST-shaped, refunds inside, no transactions. */
export function restOrder(shop: SimShop, record: OrderRecord): PlainNode {
  const context = restContext(shop, record);
  const address = restAddress(record.address);
  return {
    id: record.id,
    admin_graphql_api_id: restGid("Order", record.id),
    ...scalars(context),
    ...restMoney(context),
    billing_address: address,
    customer: record.customer && restCustomer(shop, record.customer),
    discount_applications: record.discounts.map((discount) => ({
      target_type: discount.target === "shipping" ? "shipping_line" : "line_item",
      type: discount.kind === "code" ? "discount_code" : discount.kind,
      value:
        "percent" in discount.value
          ? String(discount.value.percent)
          : context.amount(discount.value.amount),
      value_type: "percent" in discount.value ? "percentage" : "fixed_amount",
      allocation_method: discount.method.toLowerCase(),
      target_selection: discount.all ? "all" : "entitled",
      ...(discount.kind === "code" ? { code: discount.label } : { title: discount.label }),
      ...(discount.kind === "manual" ? { description: discount.label } : {}),
    })),
    fulfillments: record.fulfillments.map((one) => restFulfillment(context, one)),
    line_items: record.lines.map((line) => restLine(context, line)),
    payment_terms: null,
    refunds: record.refunds.map((refund) => restRefund(context, refund)),
    shipping_address: address,
    shipping_lines: record.shipping.map((line) => restShipping(context, line)),
    returns: record.returns.map((one) => ({ id: one.id, name: one.name })),
  };
}

function scalars({ shop, record, time, timeOrNull, amount }: RestContext): PlainNode {
  const web = record.sourceName === "web";
  const visit = record.journey?.ready ? record.journey.last : null;
  const ip = web ? "203.0.113.7" : null;
  const status = financialStatus(record)?.toLowerCase() ?? "pending";
  const sent = fulfillmentStatus(record);
  const token = record.id.toString(16).padStart(32, "0");
  return {
    app_id: web ? 580_111 : 129_785,
    browser_ip: ip,
    buyer_accepts_marketing: false,
    cancel_reason: record.cancelReason?.toLowerCase() ?? null,
    cancelled_at: timeOrNull(record.cancelledAt),
    cart_token: web ? token : null,
    checkout_id: web ? record.id + 1 : null,
    checkout_token: web ? token : null,
    client_details: web
      ? {
          accept_language: "en-US",
          browser_height: null,
          browser_ip: ip,
          browser_width: null,
          session_hash: null,
          user_agent: "Mozilla/5.0",
        }
      : null,
    closed_at: timeOrNull(record.closedAt),
    company: null,
    confirmation_number: record.id.toString(36).toUpperCase().slice(-9),
    confirmed: true,
    contact_email: record.email,
    created_at: time(record.createdAt),
    currency: record.currency,
    customer_locale: web ? "en" : null,
    device_id: null,
    discount_codes: record.discounts.flatMap((discount) =>
      discount.kind === "code"
        ? [
            {
              code: discount.label,
              amount:
                "percent" in discount.value
                  ? String(discount.value.percent)
                  : amount(discount.value.amount),
              type: "percent" in discount.value ? "percentage" : "fixed_amount",
            },
          ]
        : [],
    ),
    duties_included: false,
    email: record.email ?? "",
    estimated_taxes: false,
    financial_status: status,
    fulfillment_status:
      sent === "UNFULFILLED" ? null : sent === "FULFILLED" ? "fulfilled" : "partial",
    landing_site: visit?.landingPage ?? null,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: String(shop.id),
    merchant_of_record_app_id: null,
    name: record.name,
    note: record.note,
    note_attributes: record.attributes.map(({ key, value }) => ({ name: key, value })),
    number: record.number - 1000,
    order_number: record.number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${token}/authenticate`,
    payment_gateway_names: [...new Set(record.transactions.map((one) => one.gateway))],
    phone: record.phone,
    po_number: null,
    presentment_currency: record.presentment?.currency ?? record.currency,
    processed_at: time(record.processedAt),
    reference: null,
    referring_site: visit?.referrerUrl ?? null,
    source_identifier: null,
    source_name: record.sourceName,
    source_url: null,
    tags: record.tags.join(", "),
    tax_exempt: false,
    taxes_included: record.taxesIncluded,
    test: record.test,
    token,
    total_weight: sum(record.lines.map((line) => line.weightGrams * line.quantity)),
    updated_at: time(record.updatedAt),
    user_id: null,
  };
}
