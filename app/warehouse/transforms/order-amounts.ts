import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns } from "./money-columns";

/** The order's own totals, each in shop money and, as `…_presentment`, in the buyer's. */
export function orderAmounts(doc: OrderDocument) {
  const rounding = doc.totalCashRoundingAdjustment;
  return moneyColumns({
    total_price: doc.totalPriceSet,
    original_total_price: doc.originalTotalPriceSet,
    subtotal_price: doc.subtotalPriceSet,
    total_discounts: doc.totalDiscountsSet,
    cart_discount_amount: doc.cartDiscountAmountSet,
    total_shipping_price: doc.totalShippingPriceSet,
    total_tax: doc.totalTaxSet,
    total_tip_received: doc.totalTipReceivedSet,
    total_received: doc.totalReceivedSet,
    total_refunded: doc.totalRefundedSet,
    total_refunded_shipping: doc.totalRefundedShippingSet,
    refund_discrepancy: doc.refundDiscrepancySet,
    net_payment: doc.netPaymentSet,
    total_outstanding: doc.totalOutstandingSet,
    total_capturable: doc.totalCapturableSet,
    original_total_duties: doc.originalTotalDutiesSet,
    original_total_additional_fees: doc.originalTotalAdditionalFeesSet,
    total_cash_rounding_payment: rounding?.paymentSet,
    total_cash_rounding_refund: rounding?.refundSet,
    current_total_price: doc.currentTotalPriceSet,
    current_subtotal_price: doc.currentSubtotalPriceSet,
    current_total_discounts: doc.currentTotalDiscountsSet,
    current_cart_discount_amount: doc.currentCartDiscountAmountSet,
    current_shipping_price: doc.currentShippingPriceSet,
    current_total_tax: doc.currentTotalTaxSet,
    current_total_duties: doc.currentTotalDutiesSet,
    current_total_additional_fees: doc.currentTotalAdditionalFeesSet,
  });
}
