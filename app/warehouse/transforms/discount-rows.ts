import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf } from "./require-id";

export type DiscountApplicationRow = ReturnType<typeof discountApplicationRows>[number];
export type DiscountAllocationRow = ReturnType<typeof discountAllocationRows>[number];

/** `order_discount_applications` rows: each discount once, with what it promised. */
export function discountApplicationRows(
  orderId: string,
  items: NonNullable<OrderDocument["discountApplications"]>,
) {
  return items.map((item, index) => ({
    order_id: orderId,
    position: index + 1,
    index: item.index ?? null,
    type: item.__typename ?? null,
    code: item.code ?? null,
    title: item.title ?? null,
    description: item.description ?? null,
    allocation_method: item.allocationMethod ?? null,
    target_selection: item.targetSelection ?? null,
    target_type: item.targetType ?? null,
    value_percentage: item.value?.percentage ?? null,
    value_amount: item.value?.amount ?? null,
    value_currency: item.value?.currencyCode ?? null,
  }));
}

/** `order_discount_allocations` rows: how much of which discount (`index`) fell on which line. */
export function discountAllocationRows(orderId: string, doc: OrderDocument) {
  const currency = orderCurrency(doc);
  const parts = [
    ...(doc.lineItems ?? []).map((line, i) => ({ target: "LINE_ITEM", at: i + 1, line })),
    ...(doc.shippingLines ?? []).map((line, i) => ({ target: "SHIPPING_LINE", at: i + 1, line })),
  ];
  return parts.flatMap(({ target, at, line }) =>
    (line.discountAllocations ?? []).map((allocation, index) => ({
      order_id: orderId,
      target,
      target_position: at,
      position: index + 1,
      target_id: idOf(line),
      discount_application_index: allocation.discountApplication?.index ?? null,
      ...moneyColumns({
        allocated_amount: allocation.allocatedAmountSet,
      }),
      currency,
    })),
  );
}
