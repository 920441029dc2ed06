import type { Booked } from "./booked";
import type { SaleKey } from "./sale-ids";
import type { SoldThing, SoldType } from "./sold-things";

type Agreement = "OrderAgreement" | "OrderEditAgreement" | "RefundAgreement" | "ReturnAgreement";

/** A row of the sales ledger in the making. */
export interface Entry extends Booked {
  key: SaleKey;
  agreement: Agreement;
  action: "ORDER" | "RETURN";
  type: SoldType | "FEE" | "ADJUSTMENT" | "UNKNOWN";
  quantity: number | null;
  /** Number of what the row is about, by its type. */
  id: string | null;
  refundId: string | null;
  /** ISO instant. */
  at: string;
}

/** Where and when something came back. */
export interface Back {
  key: SaleKey;
  agreement: Agreement;
  refundId: string | null;
  at: string;
}

/** The entry of money going back, for a thing sold or for what is only known by its type. */
export function backEntry(
  { key, agreement, refundId, at }: Back,
  { type, id }: Pick<SoldThing, "type" | "id">,
  count: number | null,
  booked: Booked,
): Entry {
  const quantity = count === null ? null : -count;
  return { ...booked, key, agreement, refundId, at, action: "RETURN", type, id, quantity };
}
