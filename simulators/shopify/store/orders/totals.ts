import type { OrderRecord } from "../records";
import type { SaleRecord } from "../records-ledger";
import { sum } from "./pricing";

/** The totals that Shopify states on an order, minor units of the shop's currency. */
export interface OrderTotals {
  originalTotal: number;
  total: number;
  currentTotal: number;
  subtotal: number;
  currentSubtotal: number;
  tax: number;
  currentTax: number;
  discounts: number;
  currentDiscounts: number;
  shipping: number;
  currentShipping: number;
  refundedShipping: number;
  tips: number;
  duties: number;
  currentDuties: number;
  /** Positive in the merchant's favour. */
  discrepancy: number;
}

/**
 * Sums the ledger. Before returns: ORDER and UPDATE rows without fees; current: every row but
 * adjustments, so that Σ over a ledger without ADJUSTMENT rows is the current total.
 */
export function orderTotals(record: OrderRecord): OrderTotals {
  const totals: OrderTotals = {
    originalTotal: 0,
    total: 0,
    currentTotal: 0,
    subtotal: 0,
    currentSubtotal: 0,
    tax: 0,
    currentTax: 0,
    discounts: 0,
    currentDiscounts: 0,
    shipping: 0,
    currentShipping: 0,
    refundedShipping: 0,
    tips: 0,
    duties: 0,
    currentDuties: 0,
    discrepancy: 0,
  };
  for (const agreement of record.agreements) {
    for (const sale of agreement.sales) {
      addSale(totals, sale, record.taxesIncluded);
      if (agreement.type === "OrderAgreement") totals.originalTotal += sale.amount;
    }
  }
  return totals;
}

function addSale(totals: OrderTotals, sale: SaleRecord, taxesIncluded: boolean): void {
  if (sale.line === "ADJUSTMENT") {
    totals.discrepancy += sale.amount;
    return;
  }
  const tax = sum(sale.taxes);
  const price = taxesIncluded ? sale.amount : sale.amount - tax;
  const discount = taxesIncluded ? sale.discountAfterTaxes : sale.discount;
  const returned = sale.action === "RETURN";
  totals.currentTotal += sale.amount;
  totals.currentTax += tax;
  totals.currentDiscounts += discount;
  if (!returned && sale.line !== "FEE") {
    totals.total += sale.amount;
    totals.tax += tax;
    totals.discounts += discount;
  }
  if (sale.line === "PRODUCT" || sale.line === "GIFT_CARD") {
    totals.currentSubtotal += price;
    if (!returned) totals.subtotal += price;
  } else if (sale.line === "SHIPPING") {
    totals.currentShipping += price;
    if (returned) totals.refundedShipping -= price;
    else totals.shipping += price;
  } else if (sale.line === "TIP" && !returned) totals.tips += sale.amount;
  else if (sale.line === "DUTY") {
    totals.currentDuties += sale.amount;
    if (!returned) totals.duties += sale.amount;
  }
}
