import type { OrderDocument } from "~/connectors/shopify/order-schemas";
import {
  type FulfillmentEventRow,
  type FulfillmentLineItemRow,
  fulfillmentEventRows,
  fulfillmentLineItemRows,
} from "./fulfillment-rows";
import {
  type OrderAdjustmentRow,
  orderAdjustmentRows,
  type RefundLineItemRow,
  type RefundShippingLineRow,
  type RefundTransactionRow,
  refundLineItemRows,
  refundShippingLineRows,
  refundTransactionRows,
} from "./refund-rows";
import {
  type ReturnFeeRow,
  type ReturnLineItemRow,
  type ReturnRow,
  returnFeeRows,
  returnLineItemRows,
  returnRows,
} from "./return-rows";
import { type VisitRow, visitRows } from "./visit-rows";

/** What hangs below an order's refunds, parcels, returns and journey. Null: not held, unknown. */
export interface DetailFacts {
  refundLineItems: RefundLineItemRow[] | null;
  refundShippingLines: RefundShippingLineRow[] | null;
  orderAdjustments: OrderAdjustmentRow[] | null;
  refundTransactions: RefundTransactionRow[] | null;
  fulfillmentLineItems: FulfillmentLineItemRow[] | null;
  fulfillmentEvents: FulfillmentEventRow[] | null;
  returns: ReturnRow[] | null;
  returnLineItems: ReturnLineItemRow[] | null;
  returnFees: ReturnFeeRow[] | null;
  visits: VisitRow[] | null;
}

/** A list is held when every parent holds it: an order without refunds has no refund lines. */
export function detailRows(orderId: string, doc: OrderDocument): DetailFacts {
  const { refunds, fulfillments, returns } = doc;
  const moments = doc.customerJourneySummary?.moments;
  return {
    refundLineItems: allHold(refunds, "refundLineItems")
      ? refundLineItemRows(orderId, doc, refunds)
      : null,
    refundShippingLines: allHold(refunds, "refundShippingLines")
      ? refundShippingLineRows(orderId, doc, refunds)
      : null,
    orderAdjustments: allHold(refunds, "orderAdjustments")
      ? orderAdjustmentRows(orderId, doc, refunds)
      : null,
    refundTransactions: allHold(refunds, "transactions")
      ? refundTransactionRows(orderId, refunds)
      : null,
    fulfillmentLineItems: allHold(fulfillments, "fulfillmentLineItems")
      ? fulfillmentLineItemRows(orderId, doc, fulfillments)
      : null,
    fulfillmentEvents: allHold(fulfillments, "events")
      ? fulfillmentEventRows(orderId, fulfillments)
      : null,
    returns: returns ? returnRows(orderId, returns) : null,
    returnLineItems: allHold(returns, "returnLineItems")
      ? returnLineItemRows(orderId, doc, returns)
      : null,
    returnFees: allHold(returns, "returnLineItems") ? returnFeeRows(orderId, doc, returns) : null,
    visits: moments ? visitRows(orderId, moments) : null,
  };
}

/** Whether a list of parents is there, and each of them with this list of its own. */
export function allHold<Parent extends object>(
  parents: readonly Parent[] | null | undefined,
  key: keyof Parent,
): parents is Parent[] {
  return parents?.every((parent) => parent[key] != null) ?? false;
}
