import Big from "big.js";

/** A day's figures in one currency, by the columns of `reporting.daily_shopify_metrics`. */
export type DayFigures = Record<string, Big>;

export interface Sale {
  agreement_type: string;
  action_type: string;
  line_type: string;
  quantity: number | null;
  total_amount: string;
  total_tax_amount: string;
  total_discount_before_taxes: string;
}

export interface Payment {
  kind: string;
  amount: string;
  amount_rounding: string | null;
}

/** Figures of rows that are of no product, by what their line is. */
const OF_LINE: Readonly<Record<string, string>> = {
  SHIPPING: "shipping",
  DUTY: "duties",
  FEE: "return_fees",
  ADDITIONAL_FEE: "additional_fees",
  TIP: "tips",
  GIFT_CARD: "gift_cards_sold",
};

/** Adds to a figure; one that was never added to is 0. */
export function add(figures: DayFigures, name: string, amount: Big | number): void {
  figures[name] = (figures[name] ?? new Big(0)).plus(amount);
}

/** Books a row of the sales ledger (metrics.md, "Sales"), written a second time for checking. */
export function bookSale(figures: DayFigures, sale: Sale): void {
  const tax = new Big(sale.total_tax_amount);
  const net = new Big(sale.total_amount).minus(tax);
  const discount = new Big(sale.total_discount_before_taxes);
  const isProduct = sale.line_type === "PRODUCT";
  if (sale.line_type !== "GIFT_CARD") add(figures, "taxes", tax);
  if (isProduct && sale.agreement_type === "OrderAgreement") add(figures, "placed_sales", net);
  if (sale.line_type === "ADJUSTMENT") {
    add(figures, "returns", net.neg());
  } else if (isProduct && sale.action_type === "RETURN") {
    add(figures, "returns", net.neg());
    add(figures, "units_returned", -(sale.quantity ?? 0));
  } else if (isProduct && ["ORDER", "UPDATE"].includes(sale.action_type)) {
    add(figures, "gross_sales", net.plus(discount));
    add(figures, "discounts", discount);
    add(figures, "units", sale.quantity ?? 0);
  } else {
    add(figures, OF_LINE[sale.line_type] ?? "unclassified", net);
  }
}

/** Books a successful transaction: cash rounding included, change taken off what was received. */
export function bookPayment(figures: DayFigures, payment: Payment): void {
  const amount = new Big(payment.amount).plus(payment.amount_rounding ?? 0);
  if (payment.kind === "REFUND") add(figures, "refunded", amount);
  else if (payment.kind === "CHANGE") add(figures, "received", amount.neg());
  else if (["SALE", "CAPTURE"].includes(payment.kind)) add(figures, "received", amount);
}

/** What follows from the sums. */
export function derive(figures: DayFigures): void {
  const of = (name: string) => figures[name] ?? new Big(0);
  const net = of("gross_sales").minus(of("discounts")).minus(of("returns"));
  figures.net_sales = net;
  figures.total_sales = ["shipping", "duties", "taxes", "return_fees", "additional_fees"].reduce(
    (sum, name) => sum.plus(of(name)),
    net,
  );
  figures.net_payments = of("received").minus(of("refunded"));
}
