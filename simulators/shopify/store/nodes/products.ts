import { gid } from "../ids";
import { formatMoney } from "../money";
import type { ProductRecord } from "../records-catalogue";
import type { PlainNode, SimShop } from "../types";
import { instant, money } from "./context";
import { inventoryItemNode } from "./inventory";
import { metafieldNodes } from "./metafields";

/** Product with its variants, each with its inventory item and unit cost. */
export function productNode(shop: SimShop, product: ProductRecord): PlainNode {
  const head = productHead(product, shop.currency);
  const createdAt = instant(product.createdAt);
  return {
    ...head,
    variants: product.variants.map((_, position) => variantNode(shop, product, position)),
    media: [],
    metafields: metafieldNodes(
      { type: "PRODUCT", id: product.id, createdAt, updatedAt: instant(product.updatedAt) },
      product.metafields,
    ),
    events: [],
  };
}

/** Product where it is only pointed at, by a line item. */
export function productReference(product: ProductRecord): PlainNode {
  return {
    __typename: "Product",
    id: gid("Product", product.id),
    legacyResourceId: String(product.id),
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    productType: product.productType,
    status: product.status,
    tags: product.tags,
    isGiftCard: product.giftCard,
  };
}

/** A variant where it is only pointed at, with its cost; null when the catalogue no longer holds it. */
export function variantReference(
  product: ProductRecord,
  variantId: number | null,
  currency: string,
): PlainNode | null {
  const variant = product.variants.find((candidate) => candidate.id === variantId);
  if (!variant) return null;
  return {
    __typename: "ProductVariant",
    id: gid("ProductVariant", variant.id),
    legacyResourceId: String(variant.id),
    title: variant.title,
    sku: variant.sku,
    price: formatMoney(variant.price, currency),
    inventoryItem: {
      __typename: "InventoryItem",
      id: gid("InventoryItem", variant.inventoryItemId),
      unitCost: variant.unitCost === null ? null : money(variant.unitCost, currency),
    },
  };
}

/** Product without its connections. */
function productHead(product: ProductRecord, currency: string): PlainNode {
  const prices = product.variants.map((variant) => variant.price);
  const inventory = product.variants.reduce((sum, variant) => sum + variant.inventoryQuantity, 0);
  return {
    __typename: "Product",
    id: gid("Product", product.id),
    legacyResourceId: String(product.id),
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: product.status,
    isGiftCard: product.giftCard,
    createdAt: instant(product.createdAt),
    updatedAt: instant(product.updatedAt),
    publishedAt: product.status === "ACTIVE" ? instant(product.createdAt) : null,
    description: product.title,
    descriptionHtml: `<p>${product.title}</p>`,
    defaultCursor: String(product.id),
    hasOnlyDefaultVariant: product.variants.length === 1,
    hasOutOfStockVariants: product.variants.some((variant) => variant.inventoryQuantity <= 0),
    hasVariantsThatRequiresComponents: false,
    requiresSellingPlan: false,
    totalInventory: inventory,
    tracksInventory: !product.giftCard,
    priceRangeV2: {
      minVariantPrice: money(Math.min(...prices), currency),
      maxVariantPrice: money(Math.max(...prices), currency),
    },
    variantsCount: { count: product.variants.length, precision: "EXACT" },
    options: [],
    seo: { title: null, description: null },
  };
}

/** ProductVariant with its inventory item. */
function variantNode(shop: SimShop, product: ProductRecord, position: number): PlainNode | null {
  const { currency } = shop;
  const variant = product.variants[position];
  if (!variant) return null;
  return {
    __typename: "ProductVariant",
    id: gid("ProductVariant", variant.id),
    legacyResourceId: String(variant.id),
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    barcode: null,
    price: formatMoney(variant.price, currency),
    compareAtPrice:
      variant.compareAtPrice === null ? null : formatMoney(variant.compareAtPrice, currency),
    position: position + 1,
    availableForSale: product.status === "ACTIVE",
    createdAt: instant(product.createdAt),
    updatedAt: instant(product.updatedAt),
    defaultCursor: String(variant.id),
    inventoryPolicy: "DENY",
    inventoryQuantity: variant.inventoryQuantity,
    sellableOnlineQuantity: Math.max(0, variant.inventoryQuantity),
    requiresComponents: false,
    showUnitPrice: false,
    taxable: !product.giftCard,
    selectedOptions: [{ name: "Title", value: variant.title }],
    product: { __typename: "Product", id: gid("Product", product.id), title: product.title },
    inventoryItem: inventoryItemNode(shop, product, variant),
    metafields: [],
  };
}
