import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { numericId } from "~/lib/shopify-ids";
import { moneyPair, shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-row";
import { requireId } from "./require-id";

export type LineItemRow = ReturnType<typeof lineItemRows>[number];
export type TransactionRow = ReturnType<typeof transactionRows>[number];
export type RefundRow = ReturnType<typeof refundRows>[number];

type Items<Key extends keyof OrderDocument> = NonNullable<OrderDocument[Key]>;

/** `order_line_items` rows; `position` counts from 1 in Shopify's own order. */
export function lineItemRows(orderId: string, doc: OrderDocument, items: Items<"lineItems">) {
  const currency = orderCurrency(doc);
  return items.map((item, index) => ({
    line_item_id: requireId(item.id),
    order_id: orderId,
    position: index + 1,
    title: item.title ?? null,
    variant_title: item.variantTitle ?? null,
    sku: item.sku ?? null,
    vendor: item.vendor ?? null,
    product_id: item.product ? numericId(item.product.id) : null,
    variant_id: item.variant ? numericId(item.variant.id) : null,
    quantity: item.quantity ?? null,
    current_quantity: item.currentQuantity ?? null,
    is_gift_card: item.isGiftCard ?? null,
    requires_shipping: item.requiresShipping ?? null,
    taxable: item.taxable ?? null,
    ...moneyPair("original_unit_price", item.originalUnitPriceSet),
    ...moneyPair("original_total", item.originalTotalSet),
    ...moneyPair("discounted_total", item.discountedTotalSet),
    ...moneyPair("total_discount", item.totalDiscountSet),
    currency,
  }));
}

/** `transactions` rows: each carries its own two amounts, never converted by the order's rate. */
export function transactionRows(orderId: string, doc: OrderDocument, items: Items<"transactions">) {
  return items.map((item) => ({
    transaction_id: requireId(item.id),
    order_id: orderId,
    parent_id: item.parentTransaction ? numericId(item.parentTransaction.id) : null,
    kind: item.kind ?? null,
    status: item.status ?? null,
    gateway: item.gateway ?? null,
    test: item.test ?? null,
    created_at: item.createdAt ?? null,
    processed_at: item.processedAt ?? null,
    ...moneyPair("amount", item.amountSet),
    currency: shopCurrency(item.amountSet, orderCurrency(doc)),
    presentment_currency: item.amountSet?.presentmentMoney?.currencyCode ?? null,
    amount_rounding: item.amountRoundingSet?.shopMoney.amount ?? null,
  }));
}

/** `refunds` rows: the head of each refund; its lines are in the sales ledger. */
export function refundRows(orderId: string, doc: OrderDocument, items: Items<"refunds">) {
  return items.map((item) => ({
    refund_id: requireId(item.id),
    order_id: orderId,
    created_at: item.createdAt ?? null,
    note: item.note ?? null,
    ...moneyPair("total_refunded", item.totalRefundedSet),
    currency: shopCurrency(item.totalRefundedSet, orderCurrency(doc)),
  }));
}
