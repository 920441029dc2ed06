import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns, shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf, requireId } from "./require-id";

export type SaleRow = ReturnType<typeof saleRows>[number];

/**
 * `order_sales` rows: the sales ledger, one row a sale, amounts as booked (returns negative). The
 * first sale belongs to the order's `processedAt`, which differs from its agreement's instant for
 * imported orders (metrics.md, "Day of a row").
 */
export function saleRows(
  orderId: string,
  doc: OrderDocument,
  agreements: NonNullable<OrderDocument["agreements"]>,
) {
  const currency = orderCurrency(doc);
  return agreements.flatMap((agreement) => {
    const isOrder = agreement.__typename === "OrderAgreement";
    const occurredAt = isOrder ? (doc.processedAt ?? agreement.happenedAt) : agreement.happenedAt;
    return agreement.sales.map((sale) => ({
      sale_id: requireId(sale.id),
      order_id: orderId,
      agreement_id: requireId(agreement.id),
      agreement_type: agreement.__typename,
      agreement_reason: agreement.reason ?? null,
      refund_id: idOf(agreement.refund),
      action_type: sale.actionType,
      line_type: sale.lineType,
      quantity: sale.quantity ?? null,
      line_item_id: idOf(sale.lineItem),
      shipping_line_id: idOf(sale.shippingLine),
      duty_id: idOf(sale.duty),
      fee_id: idOf(sale.fee ?? sale.additionalFee),
      occurred_at: occurredAt,
      ...moneyColumns({
        total_amount: sale.totalAmount,
        total_tax_amount: sale.totalTaxAmount,
        total_discount_before_taxes: sale.totalDiscountAmountBeforeTaxes,
        total_discount_after_taxes: sale.totalDiscountAmountAfterTaxes,
      }),
      currency: shopCurrency(sale.totalAmount, currency),
    }));
  });
}
