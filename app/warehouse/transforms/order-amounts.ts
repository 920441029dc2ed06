import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyPair } from "./money-columns";

/** The order's own totals, each in shop money and, as `…_presentment`, in the buyer's. */
export function orderAmounts(doc: OrderDocument) {
  const rounding = doc.totalCashRoundingAdjustment;
  return {
    ...moneyPair("total_price", doc.totalPriceSet),
    ...moneyPair("original_total_price", doc.originalTotalPriceSet),
    ...moneyPair("subtotal_price", doc.subtotalPriceSet),
    ...moneyPair("total_discounts", doc.totalDiscountsSet),
    ...moneyPair("cart_discount_amount", doc.cartDiscountAmountSet),
    ...moneyPair("total_shipping_price", doc.totalShippingPriceSet),
    ...moneyPair("total_tax", doc.totalTaxSet),
    ...moneyPair("total_tip_received", doc.totalTipReceivedSet),
    ...moneyPair("total_received", doc.totalReceivedSet),
    ...moneyPair("total_refunded", doc.totalRefundedSet),
    ...moneyPair("total_refunded_shipping", doc.totalRefundedShippingSet),
    ...moneyPair("refund_discrepancy", doc.refundDiscrepancySet),
    ...moneyPair("net_payment", doc.netPaymentSet),
    ...moneyPair("total_outstanding", doc.totalOutstandingSet),
    ...moneyPair("total_capturable", doc.totalCapturableSet),
    ...moneyPair("original_total_duties", doc.originalTotalDutiesSet),
    ...moneyPair("original_total_additional_fees", doc.originalTotalAdditionalFeesSet),
    ...moneyPair("total_cash_rounding_payment", rounding?.paymentSet),
    ...moneyPair("total_cash_rounding_refund", rounding?.refundSet),
    ...moneyPair("current_total_price", doc.currentTotalPriceSet),
    ...moneyPair("current_subtotal_price", doc.currentSubtotalPriceSet),
    ...moneyPair("current_total_discounts", doc.currentTotalDiscountsSet),
    ...moneyPair("current_cart_discount_amount", doc.currentCartDiscountAmountSet),
    ...moneyPair("current_shipping_price", doc.currentShippingPriceSet),
    ...moneyPair("current_total_tax", doc.currentTotalTaxSet),
    ...moneyPair("current_total_duties", doc.currentTotalDutiesSet),
    ...moneyPair("current_total_additional_fees", doc.currentTotalAdditionalFeesSet),
  };
}
