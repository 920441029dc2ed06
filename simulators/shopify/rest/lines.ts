import { allocated } from "../store/orders/pricing";
import { lineUnits } from "../store/orders/status";
import type { Allocation, LineRecord, ShippingRecord, TaxRate } from "../store/records";
import type { PlainNode } from "../store/types";
import { type RestContext, restGid } from "./context";

export function restLine(context: RestContext, line: LineRecord): PlainNode {
  const { record, amount, set } = context;
  const units = lineUnits(record, line);
  const open = Math.max(0, units.current - units.fulfilled);
  const sent = units.fulfilled === 0 ? null : open === 0 ? "fulfilled" : "partial";
  return {
    id: line.id,
    admin_graphql_api_id: restGid("LineItem", line.id),
    attributed_staffs: [],
    current_quantity: units.current,
    fulfillable_quantity: line.requiresShipping ? open : 0,
    fulfillment_service: line.kind === "GIFT_CARD" ? "gift_card" : "manual",
    fulfillment_status: sent,
    gift_card: line.kind === "GIFT_CARD",
    grams: line.weightGrams,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: amount(line.unitPrice),
    price_set: set(line.unitPrice),
    product_exists: line.productId !== null,
    product_id: line.productId,
    properties: [],
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sales_line_item_group_id: null,
    sku: line.sku,
    taxable: line.taxRates.length > 0,
    title: line.title,
    total_discount: "0.00",
    total_discount_set: set(0),
    variant_id: line.variantId,
    variant_inventory_management: line.variantId === null ? null : "shopify",
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: taxLines(context, line.id, line.taxRates),
    duties: record.duties
      .filter((duty) => duty.lineId === line.id)
      .map((duty) => ({
        id: duty.id,
        harmonized_system_code: duty.hsCode,
        country_code_of_origin: duty.countryCode,
        shop_money: { amount: amount(duty.amount), currency_code: record.currency },
        price_set: set(duty.amount),
        tax_lines: [],
        admin_graphql_api_id: restGid("Duty", duty.id),
      })),
    discount_allocations: allocations(context, line.allocations),
  };
}

export function restShipping(context: RestContext, line: ShippingRecord): PlainNode {
  const { record, amount, set } = context;
  const discounted = line.price - allocated(line.allocations);
  const returned = record.refunds.some((refund) =>
    refund.shipping.some((item) => item.shippingId === line.id),
  );
  return {
    id: line.id,
    carrier_identifier: null,
    code: line.code,
    current_discounted_price_set: set(returned ? 0 : discounted),
    discounted_price: amount(discounted),
    discounted_price_set: set(discounted),
    is_removed: false,
    phone: null,
    price: amount(line.price),
    price_set: set(line.price),
    requested_fulfillment_service_id: null,
    source: "shopify",
    title: line.title,
    tax_lines: taxLines(context, line.id, line.taxRates),
    discount_allocations: allocations(context, line.allocations),
  };
}

/** Taxes as sold: of the row with which the thing entered the ledger. */
function taxLines(context: RestContext, ref: number, rates: TaxRate[]): PlainNode[] {
  const sold = context.record.agreements
    .flatMap((agreement) => agreement.sales)
    .find((sale) => sale.ref === ref && sale.action === "ORDER");
  return rates.map((rate, i) => restTax(context, rate, sold?.taxes[i] ?? 0));
}

export function restTax(context: RestContext, rate: TaxRate, tax: number): PlainNode {
  return {
    channel_liable: false,
    price: context.amount(tax),
    price_set: context.set(tax),
    rate: rate.ppm / 1_000_000,
    title: rate.title,
  };
}

function allocations(context: RestContext, list: Allocation[]): PlainNode[] {
  return list.map((allocation) => ({
    amount: context.amount(allocation.amount),
    amount_set: context.set(allocation.amount),
    discount_application_index: allocation.discount,
  }));
}
