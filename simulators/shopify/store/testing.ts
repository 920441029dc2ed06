import type { LineInput } from "./orders/sell";

/** A line for hand-made orders: one unit of goods at `unitPrice` minor units unless said otherwise. */
export function goods(fields: Partial<LineInput> & { unitPrice: number }): LineInput {
  return {
    kind: "PRODUCT",
    title: "Goods",
    variantTitle: null,
    sku: "GOODS",
    vendor: null,
    productId: null,
    variantId: null,
    requiresShipping: true,
    weightGrams: 0,
    quantity: 1,
    taxRates: [],
    ...fields,
  };
}
