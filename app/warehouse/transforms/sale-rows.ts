import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { numericId } from "~/lib/shopify-ids";
import { shopCurrency } from "./money-columns";
import { orderCurrency } from "./order-row";
import { requireId } from "./require-id";

export type SaleRow = ReturnType<typeof saleRows>[number];

/**
 * `order_sales` rows: the sales ledger, one row a sale, amounts in shop money as booked (returns
 * negative). The first sale belongs to the order's `processedAt`, which differs from its
 * agreement's instant for imported orders (metrics.md, "Day of a row").
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
      action_type: sale.actionType,
      line_type: sale.lineType,
      quantity: sale.quantity ?? null,
      line_item_id: sale.lineItem ? numericId(sale.lineItem.id) : null,
      occurred_at: occurredAt,
      total_amount: sale.totalAmount.shopMoney.amount,
      total_tax_amount: sale.totalTaxAmount.shopMoney.amount,
      total_discount_before_taxes: sale.totalDiscountAmountBeforeTaxes.shopMoney.amount,
      total_discount_after_taxes: sale.totalDiscountAmountAfterTaxes.shopMoney.amount,
      currency: shopCurrency(sale.totalAmount, currency),
    }));
  });
}
