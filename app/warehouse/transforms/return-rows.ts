import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns, shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf, requireId } from "./require-id";

export type ReturnRow = ReturnType<typeof returnRows>[number];
export type ReturnLineItemRow = ReturnType<typeof returnLineItemRows>[number];
export type ReturnFeeRow = ReturnType<typeof returnFeeRows>[number];

type Returns = NonNullable<OrderDocument["returns"]>;

/** `returns` rows: goods that a buyer sends back, from the request to its end. */
export function returnRows(orderId: string, items: Returns) {
  return items.map((item) => ({
    return_id: requireId(item.id),
    order_id: orderId,
    name: item.name ?? null,
    status: item.status ?? null,
    created_at: item.createdAt ?? null,
    request_approved_at: item.requestApprovedAt ?? null,
    closed_at: item.closedAt ?? null,
    decline_reason: item.decline?.reason ?? null,
    total_quantity: item.totalQuantity ?? null,
    refund_ids: item.refunds?.map(({ id }) => requireId(id)) ?? null,
  }));
}

/** `return_line_items` rows: what is sent back, how far it got, and why. */
export function returnLineItemRows(orderId: string, doc: OrderDocument, items: Returns) {
  return items.flatMap((item) =>
    (item.returnLineItems ?? []).map((line) => ({
      return_line_item_id: requireId(line.id),
      return_id: requireId(item.id),
      order_id: orderId,
      type: line.__typename ?? null,
      line_item_id: idOf(line.fulfillmentLineItem?.lineItem),
      fulfillment_line_item_id: idOf(line.fulfillmentLineItem),
      quantity: line.quantity ?? null,
      processable_quantity: line.processableQuantity ?? null,
      processed_quantity: line.processedQuantity ?? null,
      unprocessed_quantity: line.unprocessedQuantity ?? null,
      refundable_quantity: line.refundableQuantity ?? null,
      refunded_quantity: line.refundedQuantity ?? null,
      return_reason_handle: line.returnReasonDefinition?.handle ?? null,
      return_reason_name: line.returnReasonDefinition?.name ?? null,
      return_reason_note: line.returnReasonNote ?? null,
      customer_note: line.customerNote ?? null,
      ...moneyColumns({
        with_code_discounted_total_price: line.withCodeDiscountedTotalPriceSet,
      }),
      currency: shopCurrency(line.withCodeDiscountedTotalPriceSet, orderCurrency(doc)),
    })),
  );
}

/** `return_fees` rows: what a buyer is charged for sending back, for the whole or for a line. */
export function returnFeeRows(orderId: string, doc: OrderDocument, items: Returns) {
  return items.flatMap((item) => {
    const shipping = (item.returnShippingFees ?? []).map((fee) => ({ fee, line: null }));
    const restocking = (item.returnLineItems ?? []).flatMap((line) =>
      line.restockingFee ? [{ fee: line.restockingFee, line }] : [],
    );
    return [...shipping, ...restocking].map(({ fee, line }) => ({
      return_id: requireId(item.id),
      fee_id: requireId(fee.id),
      type: line ? "RestockingFee" : "ReturnShippingFee",
      order_id: orderId,
      return_line_item_id: idOf(line),
      percentage: fee.percentage ?? null,
      ...moneyColumns({
        amount: fee.amountSet,
      }),
      currency: shopCurrency(fee.amountSet, orderCurrency(doc)),
    }));
  });
}
