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
