import type { OrderRecord } from "../store/records";
import type { SaleRecord } from "../store/records-ledger";

/** Sums of one day (or week, month), minor units of the shop's currency, signed as Shopify shows them. */
export interface SalesSums {
  orders: number;
  gross_sales: number;
  discounts: number;
  returns: number;
  shipping_charges: number;
  return_fees: number;
  duties: number;
  additional_fees: number;
  tips: number;
  taxes: number;
}

export function noSales(): SalesSums {
  return {
    orders: 0,
    gross_sales: 0,
    discounts: 0,
    returns: 0,
    shipping_charges: 0,
    return_fees: 0,
    duties: 0,
    additional_fees: 0,
    tips: 0,
    taxes: 0,
  };
}

export function addSums(into: SalesSums, more: SalesSums): void {
  for (const key of Object.keys(into) as (keyof SalesSums)[]) into[key] += more[key];
}

const net = (sums: SalesSums) => sums.gross_sales + sums.discounts + sums.returns;

/** The columns that `FROM sales SHOW` knows, with how each is read off the sums. */
export const COLUMNS: Record<string, { label: string; of: (sums: SalesSums) => number }> = {
  orders: { label: "Orders", of: (sums) => sums.orders },
  gross_sales: { label: "Gross sales", of: (sums) => sums.gross_sales },
  discounts: { label: "Discounts", of: (sums) => sums.discounts },
  returns: { label: "Returns", of: (sums) => sums.returns },
  net_sales: { label: "Net sales", of: net },
  shipping_charges: { label: "Shipping charges", of: (sums) => sums.shipping_charges },
  return_fees: { label: "Return fees", of: (sums) => sums.return_fees },
  duties: { label: "Duties", of: (sums) => sums.duties },
  additional_fees: { label: "Additional fees", of: (sums) => sums.additional_fees },
  tips: { label: "Tips", of: (sums) => sums.tips },
  taxes: { label: "Taxes", of: (sums) => sums.taxes },
  total_sales: {
    label: "Total sales",
    of: (sums) =>
      net(sums) +
      sums.shipping_charges +
      sums.return_fees +
      sums.duties +
      sums.additional_fees +
      sums.taxes,
  },
};

/**
 * Books an order's rows (reference/metrics.md, "Sales"): each on the day it happened, the sale itself
 * on the day the order was processed. Test orders are in no report.
 */
export function bookOrder(record: OrderRecord, sumsAt: (at: number) => SalesSums): void {
  if (record.test) return;
  sumsAt(record.processedAt).orders += 1;
  for (const agreement of record.agreements) {
    const isSale = agreement.type === "OrderAgreement";
    const sums = sumsAt(isSale ? record.processedAt : agreement.happenedAt);
    for (const sale of agreement.sales) bookSale(sale, sums);
  }
}

/** A gift card sold is a debt, its row in no column; an UNKNOWN row shows in none but its tax. */
function bookSale(sale: SaleRecord, sums: SalesSums): void {
  if (sale.line === "GIFT_CARD") return;
  let tax = 0;
  for (const part of sale.taxes) tax += part;
  sums.taxes += tax;
  const amount = sale.amount - tax;
  switch (sale.line) {
    case "PRODUCT":
      if (sale.action === "RETURN") sums.returns += amount;
      else {
        sums.gross_sales += amount + sale.discount;
        sums.discounts -= sale.discount;
      }
      break;
    case "ADJUSTMENT":
      sums.returns += amount;
      break;
    case "SHIPPING":
      sums.shipping_charges += amount;
      break;
    case "FEE":
      sums.return_fees += amount;
      break;
    case "DUTY":
      sums.duties += amount;
      break;
    case "ADDITIONAL_FEE":
      sums.additional_fees += amount;
      break;
    case "TIP":
      sums.tips += amount;
      break;
    default:
  }
}
