import {
  type OrderDocument,
  orderDocumentSchema,
  type RawOrder,
} from "~/connectors/shopify/order-schemas";
import { DefectError } from "~/lib/errors";
import { allHold, type DetailFacts, detailRows } from "./detail-rows";
import {
  type DiscountAllocationRow,
  type DiscountApplicationRow,
  discountAllocationRows,
  discountApplicationRows,
} from "./discount-rows";
import { type FulfillmentRow, fulfillmentRows } from "./fulfillment-rows";
import { joinDetails } from "./join-details";
import {
  type AdditionalFeeRow,
  additionalFeeRows,
  type DutyRow,
  dutyRows,
  type LineItemRow,
  lineItemRows,
  type ShippingLineRow,
  shippingLineRows,
} from "./line-rows";
import { type MetafieldRow, metafieldRows } from "./metafield-rows";
import { type OrderRow, orderRow } from "./order-row";
import {
  type TransactionFeeRow,
  type TransactionRow,
  transactionFeeRows,
  transactionRows,
} from "./payment-rows";
import { toPlainLists } from "./plain-lists";
import { type RefundDutyRow, type RefundRow, refundDutyRows, refundRows } from "./refund-rows";
import { requireId } from "./require-id";
import { type SaleRow, saleRows } from "./sale-rows";
import { salesWithoutLedger } from "./sales-without-ledger";
import { type TaxLineRow, taxLineRows } from "./tax-rows";

/** What comes with an order itself. A list that the payload does not hold is null: unknown, not empty. */
export interface OrderOwnFacts {
  order: OrderRow;
  lineItems: LineItemRow[] | null;
  taxLines: TaxLineRow[] | null;
  shippingLines: ShippingLineRow[] | null;
  discountApplications: DiscountApplicationRow[] | null;
  discountAllocations: DiscountAllocationRow[] | null;
  duties: DutyRow[] | null;
  additionalFees: AdditionalFeeRow[] | null;
  transactions: TransactionRow[] | null;
  transactionFees: TransactionFeeRow[] | null;
  refunds: RefundRow[] | null;
  refundDuties: RefundDutyRow[] | null;
  fulfillments: FulfillmentRow[] | null;
  sales: SaleRow[] | null;
  metafields: MetafieldRow[] | null;
}

/** All facts of one order, its details included where the payload holds them. */
export interface OrderFacts extends OrderOwnFacts, DetailFacts {}

/**
 * The one transform from a raw order document, whichever road brought it, to its rows. Pure: no
 * clock, no database. Throws DefectError `ORDER_SHAPE` naming the field when the document holds
 * something that the facts cannot be made from.
 */
export function transformOrder(raw: RawOrder): OrderFacts {
  return transformPlainOrder(toPlainLists(raw) as RawOrder);
}

/**
 * The same for a document whose connections are plain lists already, as staging keeps it. `details`,
 * where they are stored apart, serve the sales of an order without a ledger and nothing else.
 */
export function transformPlainOrder(raw: RawOrder, details: RawOrder | null = null): OrderFacts {
  const doc = parseOrder(raw);
  const orderId = requireId(doc.id);
  const { lineItems, shippingLines, transactions, refunds } = doc;
  return {
    order: orderRow(orderId, doc),
    lineItems: lineItems ? lineItemRows(orderId, doc, lineItems) : null,
    taxLines: allHold([doc], "taxLines") ? taxLineRows(orderId, doc) : null,
    shippingLines: shippingLines ? shippingLineRows(orderId, doc, shippingLines) : null,
    discountApplications: doc.discountApplications
      ? discountApplicationRows(orderId, doc.discountApplications)
      : null,
    discountAllocations: allHold(lineItems, "discountAllocations")
      ? discountAllocationRows(orderId, doc)
      : null,
    duties: allHold(lineItems, "duties") ? dutyRows(orderId, doc, lineItems) : null,
    additionalFees: doc.additionalFees ? additionalFeeRows(orderId, doc, doc.additionalFees) : null,
    transactions: transactions ? transactionRows(orderId, doc, transactions) : null,
    transactionFees: allHold(transactions, "fees")
      ? transactionFeeRows(orderId, transactions)
      : null,
    refunds: refunds ? refundRows(orderId, doc, refunds) : null,
    refundDuties: allHold(refunds, "duties") ? refundDutyRows(orderId, doc, refunds) : null,
    fulfillments: doc.fulfillments ? fulfillmentRows(orderId, doc.fulfillments) : null,
    sales: doc.agreements
      ? saleRows(orderId, doc, doc.agreements)
      : salesWithoutLedger(orderId, joinDetails(doc, details && parseOrder(details))),
    metafields: metafieldRows(orderId, raw),
    ...detailRows(orderId, doc),
  };
}

/** The same for a document of details alone, its connections plain lists already. */
export function transformDetails(raw: RawOrder): DetailFacts & { orderId: string } {
  const doc = parseOrder(raw);
  const orderId = requireId(doc.id);
  return { orderId, ...detailRows(orderId, doc) };
}

function parseOrder(raw: RawOrder): OrderDocument {
  const parsed = orderDocumentSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DefectError(
    `Order ${String(raw.id)}: ${issue?.path.join(".")} ${issue?.message ?? "has a wrong shape"}`,
    { code: "ORDER_SHAPE", task: "transform_order", cause: parsed.error },
  );
}
