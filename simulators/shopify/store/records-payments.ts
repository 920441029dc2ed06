/** What came after the sale: payments, refunds, returns. Minor units, epoch milliseconds. */
export type TransactionKind = "SALE" | "AUTHORIZATION" | "CAPTURE" | "REFUND" | "VOID" | "CHANGE";

export interface TransactionRecord {
  id: number;
  kind: TransactionKind;
  status: "SUCCESS" | "FAILURE" | "PENDING";
  gateway: string;
  createdAt: number;
  processedAt: number;
  parentId: number | null;
  /** Shop money at this transaction's own rate. */
  amount: number;
  /** Presentment money, minor units of that currency. */
  presentment: number;
  /** How much of the order's price it settles, at the order's rate. */
  settles: number;
  rounding: number;
  errorCode: string | null;
  fee: { id: number; amount: number; ratePercent: string } | null;
}

export interface RefundLineRecord {
  id: number;
  lineId: number;
  quantity: number;
  price: number;
  subtotal: number;
  tax: number;
  restock: "CANCEL" | "RETURN" | "NO_RESTOCK";
}

export interface RefundRecord {
  id: number;
  createdAt: number;
  note: string | null;
  returnId: number | null;
  lines: RefundLineRecord[];
  shipping: { id: number; shippingId: number; subtotal: number; tax: number }[];
  duties: { dutyId: number; amount: number }[];
  adjustments: { id: number; reason: AdjustmentReason; amount: number; tax: number }[];
  transactionIds: number[];
}

export type AdjustmentReason = "RESTOCK" | "REFUND_DISCREPANCY" | "CUSTOMER" | "DAMAGE";

export interface ReturnRecord {
  id: number;
  name: string;
  createdAt: number;
  closedAt: number | null;
  lines: { id: number; lineId: number; quantity: number }[];
}

export interface FeeRecord {
  id: number;
  kind: "RestockingFee" | "ReturnShippingFee";
  amount: number;
}
