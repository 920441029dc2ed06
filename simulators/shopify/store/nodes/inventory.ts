import { gid } from "../ids";
import type { ProductRecord, VariantRecord } from "../records-catalogue";
import type { PlainNode, SimShop } from "../types";
import { instant, money } from "./context";
import { locationId, locationReference, TILL, WAREHOUSE } from "./locations";

/** InventoryItem with its unit cost and what lies at each location. */
export function inventoryItemNode(
  shop: SimShop,
  product: ProductRecord,
  variant: VariantRecord,
): PlainNode {
  const tracked = !product.giftCard;
  const changedAt = variant.costHistory.at(-1)?.since ?? product.createdAt;
  const levels = tracked ? inventoryLevels(shop, product, variant) : [];
  return {
    __typename: "InventoryItem",
    id: gid("InventoryItem", variant.inventoryItemId),
    legacyResourceId: String(variant.inventoryItemId),
    sku: variant.sku,
    tracked,
    trackedEditable: { locked: false, reason: null },
    requiresShipping: tracked,
    duplicateSkuCount: 0,
    createdAt: instant(product.createdAt),
    updatedAt: instant(Math.max(changedAt, product.updatedAt)),
    countryCodeOfOrigin: null,
    provinceCodeOfOrigin: null,
    harmonizedSystemCode: null,
    countryHarmonizedSystemCodes: [],
    inventoryHistoryUrl: null,
    locationsCount: { count: levels.length, precision: "EXACT" },
    measurement: {
      id: gid("InventoryItemMeasurement", variant.inventoryItemId),
      weight: { unit: "GRAMS", value: variant.weightGrams },
    },
    unitCost: variant.unitCost === null ? null : money(variant.unitCost, shop.currency),
    inventoryLevels: levels,
    variants: [{ __typename: "ProductVariant", id: gid("ProductVariant", variant.id) }],
  };
}

/** A tenth of the goods lies at the till. */
function inventoryLevels(
  shop: SimShop,
  product: ProductRecord,
  variant: VariantRecord,
): PlainNode[] {
  const atTill = Math.floor(variant.inventoryQuantity / 10);
  const held = [
    { position: WAREHOUSE, quantity: variant.inventoryQuantity - atTill },
    { position: TILL, quantity: atTill },
  ];
  return held.map(({ position, quantity }) => ({
    __typename: "InventoryLevel",
    id: `${gid("InventoryLevel", locationId(shop, position))}?inventory_item_id=${variant.inventoryItemId}`,
    canDeactivate: true,
    deactivationAlert: null,
    createdAt: instant(product.createdAt),
    updatedAt: instant(product.updatedAt),
    location: locationReference(shop, position),
    item: { __typename: "InventoryItem", id: gid("InventoryItem", variant.inventoryItemId) },
    quantities: ["available", "on_hand", "committed", "incoming"].map((name) => ({
      name,
      quantity: name === "available" || name === "on_hand" ? quantity : 0,
    })),
  }));
}
