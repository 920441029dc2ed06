import { orderDocumentSchema, type RawOrder } from "~/connectors/shopify/order-schemas";
import { DefectError } from "~/lib/errors";
import {
  type LineItemRow,
  lineItemRows,
  type RefundRow,
  refundRows,
  type TransactionRow,
  transactionRows,
} from "./child-rows";
import { type OrderRow, orderRow } from "./order-row";
import { toPlainLists } from "./plain-lists";
import { requireId } from "./require-id";
import { type SaleRow, saleRows } from "./sale-rows";

/** The facts of one order. A list that the payload does not hold is null: unknown, not empty. */
export interface OrderFacts {
  order: OrderRow;
  lineItems: LineItemRow[] | null;
  transactions: TransactionRow[] | null;
  refunds: RefundRow[] | null;
  sales: SaleRow[] | null;
}

/**
 * The one transform from a raw order document, whichever road brought it, to its rows. Pure: no
 * clock, no database. Throws DefectError `ORDER_SHAPE` naming the field when the document holds
 * something that the facts cannot be made from.
 */
export function transformOrder(raw: RawOrder): OrderFacts {
  const parsed = orderDocumentSchema.safeParse(toPlainLists(raw));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DefectError(
      `Order ${String(raw.id)}: ${issue?.path.join(".")} ${issue?.message ?? "has a wrong shape"}`,
      { code: "ORDER_SHAPE", task: "transform_order", cause: parsed.error },
    );
  }
  const doc = parsed.data;
  const orderId = requireId(doc.id);
  return {
    order: orderRow(orderId, doc),
    lineItems: doc.lineItems ? lineItemRows(orderId, doc, doc.lineItems) : null,
    transactions: doc.transactions ? transactionRows(orderId, doc, doc.transactions) : null,
    refunds: doc.refunds ? refundRows(orderId, doc, doc.refunds) : null,
    sales: doc.agreements ? saleRows(orderId, doc, doc.agreements) : null,
  };
}
