/** The rows of an order's sales ledger: money in integer minor units, instants in epoch milliseconds. */
export type AgreementType =
  | "OrderAgreement"
  | "OrderEditAgreement"
  | "RefundAgreement"
  | "ReturnAgreement";
type SaleAction = "ORDER" | "UPDATE" | "RETURN";
export type SaleLine =
  | "PRODUCT"
  | "GIFT_CARD"
  | "SHIPPING"
  | "TIP"
  | "DUTY"
  | "FEE"
  | "ADDITIONAL_FEE"
  | "ADJUSTMENT"
  | "UNKNOWN";

export interface SaleRecord {
  id: number;
  action: SaleAction;
  line: SaleLine;
  quantity: number | null;
  /** Of the line item, shipping line, fee or duty that the row is about. */
  ref: number | null;
  /** After taxes and discounts. */
  amount: number;
  /** One entry for each of the line's tax rates. */
  taxes: number[];
  discount: number;
  discountAfterTaxes: number;
}

export interface AgreementRecord {
  id: number;
  type: AgreementType;
  happenedAt: number;
  /** The refund or return behind it. */
  ref: number | null;
  sales: SaleRecord[];
}
