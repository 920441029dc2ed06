import type { DetailFacts } from "../transforms/detail-rows";
import type { OrderOwnFacts } from "../transforms/transform-order";
import {
  FULFILLMENT_EVENTS,
  FULFILLMENT_LINE_ITEMS,
  FULFILLMENTS,
  ORDER_ADJUSTMENTS,
  ORDER_VISITS,
  REFUND_DUTIES,
  REFUND_LINE_ITEMS,
  REFUND_SHIPPING_LINES,
  REFUND_TRANSACTIONS,
  REFUNDS,
  RETURN_FEES,
  RETURN_LINE_ITEMS,
  RETURNS,
} from "./after-sale-tables";
import type { FactTable } from "./fact-table";
import {
  ORDER_ADDITIONAL_FEES,
  ORDER_DISCOUNT_ALLOCATIONS,
  ORDER_DISCOUNT_APPLICATIONS,
  ORDER_DUTIES,
  ORDER_LINE_ITEMS,
  ORDER_METAFIELDS,
  ORDER_SHIPPING_LINES,
  ORDER_TAX_LINES,
} from "./line-tables";
import { ORDER_SALES, TRANSACTION_FEES, TRANSACTIONS } from "./money-tables";
import { ORDERS } from "./orders-table";

export type { FactTable } from "./fact-table";
export { ORDERS };

/** Children that come with an order, by the name of their list in `OrderFacts`. */
export const ORDER_CHILDREN = {
  lineItems: ORDER_LINE_ITEMS,
  taxLines: ORDER_TAX_LINES,
  shippingLines: ORDER_SHIPPING_LINES,
  discountApplications: ORDER_DISCOUNT_APPLICATIONS,
  discountAllocations: ORDER_DISCOUNT_ALLOCATIONS,
  duties: ORDER_DUTIES,
  additionalFees: ORDER_ADDITIONAL_FEES,
  transactions: TRANSACTIONS,
  transactionFees: TRANSACTION_FEES,
  refunds: REFUNDS,
  refundDuties: REFUND_DUTIES,
  fulfillments: FULFILLMENTS,
  sales: ORDER_SALES,
  metafields: ORDER_METAFIELDS,
} satisfies Record<Exclude<keyof OrderOwnFacts, "order">, FactTable>;

/** Children that come with an order's details. */
export const DETAIL_CHILDREN = {
  refundLineItems: REFUND_LINE_ITEMS,
  refundShippingLines: REFUND_SHIPPING_LINES,
  orderAdjustments: ORDER_ADJUSTMENTS,
  refundTransactions: REFUND_TRANSACTIONS,
  fulfillmentLineItems: FULFILLMENT_LINE_ITEMS,
  fulfillmentEvents: FULFILLMENT_EVENTS,
  returns: RETURNS,
  returnLineItems: RETURN_LINE_ITEMS,
  returnFees: RETURN_FEES,
  visits: ORDER_VISITS,
} satisfies Record<keyof DetailFacts, FactTable>;

/** Every table that an order's documents are written to; each has an `order_id`. */
export const FACT_TABLES: readonly FactTable[] = [
  ORDERS,
  ...Object.values(ORDER_CHILDREN),
  ...Object.values(DETAIL_CHILDREN),
];
