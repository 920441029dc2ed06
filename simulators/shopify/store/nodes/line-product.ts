import { gid } from "../ids";
import type { LineRecord } from "../records";
import type { ProductRecord } from "../records-catalogue";
import type { PlainNode } from "../types";
import { productReference, variantReference } from "./products";

/** Products by id, for the lines that name them. */
export type CatalogueIndex = ReadonlyMap<number, ProductRecord>;

/** `product` and `variant` of a line; both null for custom items and products since deleted. */
export function lineProduct(
  line: LineRecord,
  catalogue: CatalogueIndex,
  currency: string,
): PlainNode {
  const product = line.productId === null ? undefined : catalogue.get(line.productId);
  if (!product) return { product: null, variant: null };
  return {
    product: productReference(product),
    variant: variantReference(product, line.variantId, currency),
  };
}

/** A line item where it is only pointed at. */
export function lineReference(line: LineRecord): PlainNode {
  return {
    __typename: "LineItem",
    id: gid("LineItem", line.id),
    title: line.title,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    sku: line.sku,
    vendor: line.vendor,
    variantTitle: line.variantTitle,
    quantity: line.quantity,
    isGiftCard: line.kind === "GIFT_CARD",
    requiresShipping: line.requiresShipping,
    product:
      line.productId === null
        ? null
        : { __typename: "Product", id: gid("Product", line.productId) },
    variant:
      line.variantId === null
        ? null
        : { __typename: "ProductVariant", id: gid("ProductVariant", line.variantId) },
  };
}
