import { restInventoryItem, restProduct } from "../rest/product";
import { parseMoney } from "../store/money";
import type { SimShop, StoreRecords } from "../store/types";
import type { Announcement } from "./announce";
import { ImpossibleError } from "./change-order";
import { costChange, productChange, type StoreEvent } from "./events";

type CatalogueEvent = Extract<StoreEvent, { kind: "product" | "cost" }>;

/** Lets a product or a cost change. Throws ImpossibleError for one the store lacks. */
export function changeCatalogue(
  shop: SimShop,
  records: StoreRecords,
  event: CatalogueEvent,
): Announcement[] {
  const told =
    event.kind === "product"
      ? changeProduct(shop, records, event)
      : changeCost(shop, records, event);
  records.changed();
  return told;
}

function changeProduct(
  shop: SimShop,
  { catalogue }: StoreRecords,
  event: Extract<CatalogueEvent, { kind: "product" }>,
): Announcement[] {
  const product = catalogue.find((one) => one.id === event.productId);
  if (!product) throw new ImpossibleError(`no product ${event.productId}`);
  const change = productChange.parse(event.input);
  if (change.title !== undefined) product.title = change.title;
  if (change.status !== undefined) product.status = change.status;
  if (change.price !== undefined) {
    const price = parseMoney(change.price, shop.currency);
    for (const variant of product.variants) variant.price = price;
  }
  product.updatedAt = event.at;
  return [{ topic: "products/update", body: restProduct(shop, product) }];
}

/** From now on the goods cost this much; what they cost before stays in the history. */
function changeCost(
  shop: SimShop,
  { catalogue }: StoreRecords,
  event: Extract<CatalogueEvent, { kind: "cost" }>,
): Announcement[] {
  const { cost } = costChange.parse(event.input);
  for (const product of catalogue) {
    const variant = product.variants.find((one) => one.inventoryItemId === event.inventoryItemId);
    if (!variant) continue;
    variant.unitCost = cost === null ? null : parseMoney(cost, shop.currency);
    variant.costHistory.push({ since: event.at, cost: variant.unitCost });
    const body = restInventoryItem(shop, product, variant);
    return [{ topic: "inventory_items/update", body }];
  }
  throw new ImpossibleError(`no inventory item ${event.inventoryItemId}`);
}
