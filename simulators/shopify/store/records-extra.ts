import type { OrderRecord } from "./records";

/** A metafield of an order or a product. */
export interface MetafieldRecord {
  namespace: string;
  key: string;
  type: string;
  value: string;
}

export type RiskRecommendation = "NONE" | "ACCEPT" | "INVESTIGATE" | "CANCEL";

/** A fee that a merchant's own rules add at the checkout; minor units of the shop's currency. */
export interface AdditionalFeeRecord {
  id: number;
  name: string;
  amount: number;
}

/** A draft order: its lines and prices are those of `order`, which was placed only once COMPLETED. */
export interface DraftOrderRecord {
  id: number;
  name: string;
  status: "OPEN" | "INVOICE_SENT" | "COMPLETED";
  createdAt: number;
  updatedAt: number;
  completedAt: number | null;
  order: OrderRecord;
}
