import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { numericId } from "~/lib/shopify-ids";
import { moneyColumns } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf, requireId } from "./require-id";

export type LineItemRow = ReturnType<typeof lineItemRows>[number];
export type DutyRow = ReturnType<typeof dutyRows>[number];
export type ShippingLineRow = ReturnType<typeof shippingLineRows>[number];
export type AdditionalFeeRow = ReturnType<typeof additionalFeeRows>[number];

type Items<Key extends keyof OrderDocument> = NonNullable<OrderDocument[Key]>;

/** `order_line_items` rows; `position` counts from 1 in Shopify's own order. */
export function lineItemRows(orderId: string, doc: OrderDocument, items: Items<"lineItems">) {
  const currency = orderCurrency(doc);
  return items.map((item, index) => ({
    line_item_id: requireId(item.id),
    order_id: orderId,
    position: index + 1,
    name: item.name ?? null,
    title: item.title ?? null,
    variant_title: item.variantTitle ?? null,
    sku: item.sku ?? null,
    vendor: item.vendor ?? null,
    product_id: idOf(item.product),
    variant_id: idOf(item.variant),
    quantity: item.quantity ?? null,
    current_quantity: item.currentQuantity ?? null,
    refundable_quantity: item.refundableQuantity ?? null,
    unfulfilled_quantity: item.unfulfilledQuantity ?? null,
    non_fulfillable_quantity: item.nonFulfillableQuantity ?? null,
    is_gift_card: item.isGiftCard ?? null,
    requires_shipping: item.requiresShipping ?? null,
    restockable: item.restockable ?? null,
    taxable: item.taxable ?? null,
    selling_plan_id: item.sellingPlan?.sellingPlanId
      ? numericId(item.sellingPlan.sellingPlanId)
      : null,
    selling_plan_name: item.sellingPlan?.name ?? null,
    line_item_group_id: item.lineItemGroup?.id ?? null,
    line_item_group_title: item.lineItemGroup?.title ?? null,
    custom_attributes: item.customAttributes ?? null,
    ...moneyColumns({
      original_unit_price: item.originalUnitPriceSet,
      discounted_unit_price: item.discountedUnitPriceSet,
      discounted_unit_price_after_all_discounts: item.discountedUnitPriceAfterAllDiscountsSet,
      original_total: item.originalTotalSet,
      discounted_total: item.discountedTotalSet,
      total_discount: item.totalDiscountSet,
      unfulfilled_original_total: item.unfulfilledOriginalTotalSet,
      unfulfilled_discounted_total: item.unfulfilledDiscountedTotalSet,
    }),
    currency,
  }));
}

/** `order_duties` rows: what customs asked for each line, as charged at the checkout. */
export function dutyRows(orderId: string, doc: OrderDocument, items: Items<"lineItems">) {
  const currency = orderCurrency(doc);
  return items.flatMap((item) =>
    (item.duties ?? []).map((duty) => ({
      duty_id: requireId(duty.id),
      order_id: orderId,
      line_item_id: requireId(item.id),
      country_code_of_origin: duty.countryCodeOfOrigin ?? null,
      harmonized_system_code: duty.harmonizedSystemCode ?? null,
      ...moneyColumns({
        price: duty.price,
      }),
      currency,
    })),
  );
}

/** `order_shipping_lines` rows; they are known by their place, since Shopify lets the id be absent. */
export function shippingLineRows(
  orderId: string,
  doc: OrderDocument,
  items: Items<"shippingLines">,
) {
  const currency = orderCurrency(doc);
  return items.map((item, index) => ({
    order_id: orderId,
    position: index + 1,
    shipping_line_id: item.id ? numericId(item.id) : null,
    title: item.title ?? null,
    code: item.code ?? null,
    source: item.source ?? null,
    carrier_identifier: item.carrierIdentifier ?? null,
    delivery_category: item.deliveryCategory ?? null,
    custom: item.custom ?? null,
    is_removed: item.isRemoved ?? null,
    ...moneyColumns({
      original_price: item.originalPriceSet,
      discounted_price: item.discountedPriceSet,
      current_discounted_price: item.currentDiscountedPriceSet,
    }),
    currency,
  }));
}

/** `order_additional_fees` rows: fees that the merchant's own rules add at the checkout. */
export function additionalFeeRows(
  orderId: string,
  doc: OrderDocument,
  items: Items<"additionalFees">,
) {
  const currency = orderCurrency(doc);
  return items.map((item) => ({
    additional_fee_id: requireId(item.id),
    order_id: orderId,
    name: item.name ?? null,
    ...moneyColumns({
      price: item.price,
    }),
    currency,
  }));
}
