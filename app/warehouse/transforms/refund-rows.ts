import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns, shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf, requireId } from "./require-id";

export type RefundRow = ReturnType<typeof refundRows>[number];
export type RefundDutyRow = ReturnType<typeof refundDutyRows>[number];
export type RefundLineItemRow = ReturnType<typeof refundLineItemRows>[number];
export type RefundShippingLineRow = ReturnType<typeof refundShippingLineRows>[number];
export type OrderAdjustmentRow = ReturnType<typeof orderAdjustmentRows>[number];
export type RefundTransactionRow = ReturnType<typeof refundTransactionRows>[number];

type Refunds = NonNullable<OrderDocument["refunds"]>;

/** `refunds` rows: the head of each refund. */
export function refundRows(orderId: string, doc: OrderDocument, items: Refunds) {
  return items.map((item) => ({
    refund_id: requireId(item.id),
    order_id: orderId,
    created_at: item.createdAt ?? null,
    processed_at: item.processedAt ?? null,
    updated_at: item.updatedAt ?? null,
    note: item.note ?? null,
    ...moneyColumns({
      total_refunded: item.totalRefundedSet,
    }),
    currency: shopCurrency(item.totalRefundedSet, orderCurrency(doc)),
  }));
}

/** `refund_duties` rows; they have no id of their own and are known by their place. */
export function refundDutyRows(orderId: string, doc: OrderDocument, items: Refunds) {
  return items.flatMap((refund) =>
    (refund.duties ?? []).map((duty, index) => ({
      refund_id: requireId(refund.id),
      position: index + 1,
      order_id: orderId,
      original_duty_id: idOf(duty.originalDuty),
      ...moneyColumns({
        amount: duty.amountSet,
      }),
      currency: shopCurrency(duty.amountSet, orderCurrency(doc)),
    })),
  );
}

/**
 * `refund_line_items` rows, known by their place, since Shopify lets the id be absent. Where prices
 * include taxes `subtotal` holds its tax already: never add `total_tax` to it there.
 */
export function refundLineItemRows(orderId: string, doc: OrderDocument, items: Refunds) {
  return items.flatMap((refund) =>
    (refund.refundLineItems ?? []).map((line, index) => ({
      refund_id: requireId(refund.id),
      position: index + 1,
      order_id: orderId,
      refund_line_item_id: idOf(line),
      line_item_id: idOf(line.lineItem),
      quantity: line.quantity ?? null,
      restock_type: line.restockType ?? null,
      restocked: line.restocked ?? null,
      location_id: idOf(line.location),
      ...moneyColumns({
        price: line.priceSet,
        subtotal: line.subtotalSet,
        total_tax: line.totalTaxSet,
      }),
      currency: shopCurrency(line.priceSet, orderCurrency(doc)),
    })),
  );
}

/** `refund_shipping_lines` rows: shipping that was paid back. */
export function refundShippingLineRows(orderId: string, doc: OrderDocument, items: Refunds) {
  return items.flatMap((refund) =>
    (refund.refundShippingLines ?? []).map((line) => ({
      refund_shipping_line_id: requireId(line.id),
      refund_id: requireId(refund.id),
      order_id: orderId,
      shipping_line_id: idOf(line.shippingLine),
      ...moneyColumns({
        subtotal_amount: line.subtotalAmountSet,
        tax_amount: line.taxAmountSet,
      }),
      currency: shopCurrency(line.subtotalAmountSet, orderCurrency(doc)),
    })),
  );
}

/** `order_adjustments` rows: the difference between what came back and what was paid back. */
export function orderAdjustmentRows(orderId: string, doc: OrderDocument, items: Refunds) {
  return items.flatMap((refund) =>
    (refund.orderAdjustments ?? []).map((adjustment) => ({
      order_adjustment_id: requireId(adjustment.id),
      refund_id: requireId(refund.id),
      order_id: orderId,
      reason: adjustment.reason ?? null,
      ...moneyColumns({
        amount: adjustment.amountSet,
        tax_amount: adjustment.taxAmountSet,
      }),
      currency: shopCurrency(adjustment.amountSet, orderCurrency(doc)),
    })),
  );
}

/** `refund_transactions` rows: which payments a refund was paid back with. */
export function refundTransactionRows(orderId: string, items: Refunds) {
  return items.flatMap((refund) =>
    (refund.transactions ?? []).map((transaction) => ({
      refund_id: requireId(refund.id),
      transaction_id: requireId(transaction.id),
      order_id: orderId,
    })),
  );
}
