import { dayScope } from "./day-scope";

/** Sums over the sales ledger by day and currency, formula by formula as in metrics.md. */
export function salesByDay(all: boolean): string {
  const scope = dayScope("s.occurred_at", all);
  const net = "s.total_amount - s.total_tax_amount";
  const sold = "s.line_type = 'PRODUCT' AND s.action_type IN ('ORDER', 'UPDATE')";
  const returned = "s.line_type = 'PRODUCT' AND s.action_type = 'RETURN'";
  const sum = (what: string, rows: string) => `coalesce(sum(${what}) FILTER (WHERE ${rows}), 0)`;
  const netOf = (lineType: string) => sum(net, `s.line_type = '${lineType}'`);
  return `
    SELECT ${scope.day} AS day, s.currency,
      ${sum(`${net} + s.total_discount_before_taxes`, sold)} AS gross_sales,
      ${sum("s.total_discount_before_taxes", sold)} AS discounts,
      -${sum(net, `${returned} OR s.line_type = 'ADJUSTMENT'`)} AS returns,
      ${netOf("SHIPPING")} AS shipping,
      ${netOf("DUTY")} AS duties,
      ${netOf("FEE")} AS return_fees,
      ${netOf("ADDITIONAL_FEE")} AS additional_fees,
      ${netOf("TIP")} AS tips,
      ${sum("s.total_tax_amount", "s.line_type <> 'GIFT_CARD'")} AS taxes,
      ${netOf("GIFT_CARD")} AS gift_cards_sold,
      ${sum(net, UNCLASSIFIED)} AS unclassified,
      ${sum(net, "s.line_type = 'PRODUCT' AND s.agreement_type = 'OrderAgreement'")} AS placed_sales,
      ${sum("s.quantity", sold)} AS units,
      -${sum("s.quantity", returned)} AS units_returned
    FROM core_warehouse.order_sales AS s
    JOIN core_warehouse.orders AS o ON o.shop_id = s.shop_id AND o.order_id = s.order_id
    ${scope.join}
    WHERE s.shop_id = $1 AND NOT o.test AND o.deleted_at IS NULL
    GROUP BY 1, 2`;
}

/** What no other figure takes in: nothing that Shopify books may fall between the columns. */
const UNCLASSIFIED = `(s.line_type = 'PRODUCT' AND s.action_type NOT IN ('ORDER', 'UPDATE', 'RETURN'))
  OR s.line_type NOT IN ('PRODUCT', 'ADJUSTMENT', 'SHIPPING', 'DUTY', 'FEE', 'ADDITIONAL_FEE',
    'TIP', 'GIFT_CARD')`;
