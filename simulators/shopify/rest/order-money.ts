import { balance, capturable } from "../store/orders/payments";
import { sum } from "../store/orders/pricing";
import { orderTotals } from "../store/orders/totals";
import type { PlainNode } from "../store/types";
import type { RestContext } from "./context";
import { restTax } from "./lines";

/** Totals of an order, each as an amount and as a money set, and its taxes by title. */
export function restMoney(context: RestContext): PlainNode {
  const { record, amount, set } = context;
  const totals = orderTotals(record);
  const lines = sum(record.lines.map((line) => line.total));
  const fees = sum(record.additionalFees.map((fee) => fee.amount));
  const feeSet = fees === 0 ? null : set(fees);
  const hasDuties = record.duties.length > 0;
  const owed = balance(record) - (record.cancelledAt === null ? capturable(record) : 0);
  const both = (name: string, minor: number) => ({
    [name]: amount(minor),
    [`${name}_set`]: set(minor),
  });
  return {
    current_shipping_price_set: set(totals.currentShipping),
    ...both("current_subtotal_price", totals.currentSubtotal),
    current_total_additional_fees_set: feeSet,
    ...both("current_total_discounts", totals.currentDiscounts),
    current_total_duties_set: hasDuties ? set(totals.currentDuties) : null,
    ...both("current_total_price", totals.currentTotal),
    ...both("current_total_tax", totals.currentTax),
    original_total_additional_fees_set: feeSet,
    original_total_duties_set: hasDuties ? set(totals.duties) : null,
    ...both("subtotal_price", totals.subtotal),
    tax_lines: orderTaxes(context),
    total_cash_rounding_payment_adjustment_set: set(
      sum(record.transactions.map((one) => (one.kind === "REFUND" ? 0 : one.rounding))),
    ),
    total_cash_rounding_refund_adjustment_set: set(
      sum(record.transactions.map((one) => (one.kind === "REFUND" ? one.rounding : 0))),
    ),
    ...both("total_discounts", totals.discounts),
    ...both("total_line_items_price", lines),
    total_outstanding: amount(owed),
    ...both("total_price", totals.total),
    total_shipping_price_set: set(totals.shipping),
    ...both("total_tax", totals.tax),
    total_tip_received: amount(totals.tips),
  };
}

/** Taxes by title, as sold. */
function orderTaxes(context: RestContext): PlainNode[] {
  const { record } = context;
  const rates = new Map([...record.lines, ...record.shipping].map((one) => [one.id, one.taxRates]));
  const totals = new Map<string, { title: string; ppm: number; tax: number }>();
  for (const sale of record.agreements.flatMap((agreement) => agreement.sales)) {
    if (sale.ref === null || sale.action === "RETURN") continue;
    rates.get(sale.ref)?.forEach((rate, i) => {
      const total = totals.get(rate.title) ?? { ...rate, tax: 0 };
      total.tax += sale.taxes[i] ?? 0;
      totals.set(rate.title, total);
    });
  }
  return [...totals.values()].map(({ tax, ...rate }) => restTax(context, rate, tax));
}
