import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { moneyColumns } from "./money-columns";
import { orderCurrency } from "./order-currency";
import { idOf } from "./require-id";

export type TaxLineRow = ReturnType<typeof taxLineRows>[number];

type TaxLines = OrderDocument["taxLines"];
/** What is taxed: the order as placed, as it stands now, or one thing in it. */
type TaxedPart =
  | "ORDER"
  | "ORDER_CURRENT"
  | "LINE_ITEM"
  | "SHIPPING_LINE"
  | "DUTY"
  | "ADDITIONAL_FEE";

/**
 * `order_tax_lines` rows. The same tax stands once with the order (`ORDER` as placed,
 * `ORDER_CURRENT` after returns) and once with the thing taxed: never add the parts up across
 * `taxed`. `taxed_position` is that thing's place in the order, 0 for the order itself.
 */
export function taxLineRows(orderId: string, doc: OrderDocument) {
  const currency = orderCurrency(doc);
  const rowsOf = (
    taxed: TaxedPart,
    taxedPosition: number,
    taxedId: string | null,
    lines: TaxLines,
  ) =>
    (lines ?? []).map((line, index) => ({
      order_id: orderId,
      taxed,
      taxed_position: taxedPosition,
      position: index + 1,
      taxed_id: taxedId,
      title: line.title ?? null,
      rate: line.rate ?? null,
      source: line.source ?? null,
      channel_liable: line.channelLiable ?? null,
      ...moneyColumns({
        price: line.priceSet,
      }),
      currency,
    }));
  const duties = (doc.lineItems ?? []).flatMap((item) => item.duties ?? []);
  return [
    ...rowsOf("ORDER", 0, orderId, doc.taxLines),
    ...rowsOf("ORDER_CURRENT", 0, orderId, doc.currentTaxLines),
    ...(doc.lineItems ?? []).flatMap((item, i) =>
      rowsOf("LINE_ITEM", i + 1, idOf(item), item.taxLines),
    ),
    ...(doc.shippingLines ?? []).flatMap((item, i) =>
      rowsOf("SHIPPING_LINE", i + 1, idOf(item), item.taxLines),
    ),
    ...duties.flatMap((duty, i) => rowsOf("DUTY", i + 1, idOf(duty), duty.taxLines)),
    ...(doc.additionalFees ?? []).flatMap((fee, i) =>
      rowsOf("ADDITIONAL_FEE", i + 1, idOf(fee), fee.taxLines),
    ),
  ];
}
