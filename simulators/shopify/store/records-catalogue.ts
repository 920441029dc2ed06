import type { MetafieldRecord } from "./records-extra";

/** A variant as the catalogue holds it; money in minor units of the shop's currency. */
export interface VariantRecord {
  id: number;
  inventoryItemId: number;
  title: string;
  sku: string;
  price: number;
  compareAtPrice: number | null;
  /** Null where the merchant never entered a cost. */
  unitCost: number | null;
  /** Every cost it ever had, the oldest first; the last is `unitCost`. Shopify shows the last alone. */
  costHistory: { since: number; cost: number | null }[];
  inventoryQuantity: number;
  weightGrams: number;
}

export interface ProductRecord {
  id: number;
  title: string;
  handle: string;
  vendor: string;
  productType: string;
  tags: string[];
  giftCard: boolean;
  status: "ACTIVE" | "ARCHIVED" | "DRAFT";
  createdAt: number;
  updatedAt: number;
  metafields: MetafieldRecord[];
  variants: VariantRecord[];
}
