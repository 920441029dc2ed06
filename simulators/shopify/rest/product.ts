import type { ProductRecord, VariantRecord } from "../store/records-catalogue";
import type { PlainNode, SimShop } from "../store/types";
import { restAmount, restGid, restTime } from "./context";

/** A product with its variants, as `products/update` carries it. */
export function restProduct(shop: SimShop, product: ProductRecord): PlainNode {
  const [createdAt, updatedAt] = [product.createdAt, product.updatedAt];
  return {
    admin_graphql_api_id: restGid("Product", product.id),
    body_html: `<p>${product.title}</p>`,
    created_at: restTime(shop, createdAt),
    handle: product.handle,
    id: product.id,
    product_type: product.productType,
    published_at: product.status === "ACTIVE" ? restTime(shop, createdAt) : null,
    template_suffix: null,
    title: product.title,
    updated_at: restTime(shop, updatedAt),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: "global",
    tags: product.tags.join(", "),
    variants: product.variants.map((variant, position) => ({
      admin_graphql_api_id: restGid("ProductVariant", variant.id),
      barcode: null,
      compare_at_price:
        variant.compareAtPrice === null ? null : restAmount(variant.compareAtPrice, shop.currency),
      created_at: restTime(shop, createdAt),
      id: variant.id,
      inventory_item_id: variant.inventoryItemId,
      inventory_policy: "deny",
      inventory_quantity: variant.inventoryQuantity,
      old_inventory_quantity: variant.inventoryQuantity,
      option1: variant.title,
      option2: null,
      option3: null,
      position: position + 1,
      price: restAmount(variant.price, shop.currency),
      product_id: product.id,
      sku: variant.sku,
      taxable: !product.giftCard,
      title: variant.title,
      updated_at: restTime(shop, updatedAt),
    })),
    options: [],
    images: [],
    image: null,
    media: [],
  };
}

/** An inventory item with its cost, as `inventory_items/update` carries it. */
export function restInventoryItem(
  shop: SimShop,
  product: ProductRecord,
  variant: VariantRecord,
): PlainNode {
  const changedAt = variant.costHistory.at(-1)?.since ?? product.createdAt;
  return {
    id: variant.inventoryItemId,
    sku: variant.sku,
    created_at: restTime(shop, product.createdAt),
    updated_at: restTime(shop, changedAt),
    requires_shipping: !product.giftCard,
    cost: variant.unitCost === null ? null : restAmount(variant.unitCost, shop.currency),
    country_code_of_origin: null,
    province_code_of_origin: null,
    harmonized_system_code: null,
    tracked: !product.giftCard,
    country_harmonized_system_codes: [],
    weight_value: variant.weightGrams,
    weight_unit: "g",
    admin_graphql_api_id: restGid("InventoryItem", variant.inventoryItemId),
  };
}
