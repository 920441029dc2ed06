import { balance, capturable, received, refunded, toPresentment } from "../orders/payments";
import { sum } from "../orders/pricing";
import { orderTotals } from "../orders/totals";
import type { PlainNode } from "../types";
import type { NodeContext } from "./context";

/** The MoneyBags of an order: totals from its ledger, payments from its transactions. */
export function orderMoney(context: NodeContext): PlainNode {
  const { bag, bagOf, record } = context;
  const totals = orderTotals(record);
  const paid = received(record, "amount");
  const paidPresentment = received(record, "presentment");
  const back = refunded(record, "amount");
  const backPresentment = refunded(record, "presentment");
  const open = capturable(record);
  // An authorised order owes nothing more: what is reserved counts as on its way.
  const outstanding = record.cancelledAt === null ? balance(record) - open : balance(record);
  const duties = record.duties.length > 0;
  const fees = sum(record.additionalFees.map((fee) => fee.amount));
  const cart = cartDiscounts(context);
  return {
    totalPriceSet: bag(totals.total),
    originalTotalPriceSet: bag(totals.originalTotal),
    currentTotalPriceSet: bag(totals.currentTotal),
    subtotalPriceSet: bag(totals.subtotal),
    currentSubtotalPriceSet: bag(totals.currentSubtotal),
    totalTaxSet: bag(totals.tax),
    currentTotalTaxSet: bag(totals.currentTax),
    totalDiscountsSet: bag(totals.discounts),
    currentTotalDiscountsSet: bag(totals.currentDiscounts),
    cartDiscountAmountSet: cart === 0 ? null : bag(cart),
    currentCartDiscountAmountSet: bag(cart),
    totalShippingPriceSet: bag(totals.shipping),
    currentShippingPriceSet: bag(totals.currentShipping),
    totalRefundedShippingSet: bag(totals.refundedShipping),
    totalTipReceivedSet: bag(totals.tips),
    originalTotalDutiesSet: duties ? bag(totals.duties) : null,
    currentTotalDutiesSet: duties ? bag(totals.currentDuties) : null,
    originalTotalAdditionalFeesSet: fees === 0 ? null : bag(fees),
    currentTotalAdditionalFeesSet: fees === 0 ? null : bag(fees),
    totalReceivedSet: bagOf(paid, paidPresentment),
    totalRefundedSet: bagOf(back, backPresentment),
    netPaymentSet: bagOf(paid - back, paidPresentment - backPresentment),
    totalOutstandingSet: bagOf(outstanding, toPresentment(record, outstanding)),
    totalCapturableSet: bag(open),
    refundDiscrepancySet: bag(totals.discrepancy),
    totalCashRoundingAdjustment: cashRounding(context),
  };
}

function cartDiscounts(context: NodeContext): number {
  const { record } = context;
  let total = 0;
  for (const line of record.lines) {
    for (const allocation of line.allocations) {
      const discount = record.discounts[allocation.discount];
      if (discount?.all && discount.method === "ACROSS") total += allocation.amount;
    }
  }
  return total;
}

function cashRounding(context: NodeContext): PlainNode {
  let payment = 0;
  let refund = 0;
  for (const transaction of context.record.transactions) {
    if (transaction.status !== "SUCCESS") continue;
    if (transaction.kind === "REFUND") refund += transaction.rounding;
    else payment += transaction.rounding;
  }
  return { paymentSet: context.bag(payment), refundSet: context.bag(refund) };
}
