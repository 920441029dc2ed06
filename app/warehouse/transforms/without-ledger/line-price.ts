import type Big from "big.js";
import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import { shopAmount } from "./shares";

type Line = NonNullable<OrderDocument["lineItems"]>[number];

/** A line's price before discounts: its total where that is stated, else units by their price. */
export function linePrice(line: Line): Big | null {
  const total = shopAmount(line.originalTotalSet);
  if (total) return total;
  const unit = shopAmount(line.originalUnitPriceSet);
  return unit && line.quantity != null ? unit.times(line.quantity) : null;
}
