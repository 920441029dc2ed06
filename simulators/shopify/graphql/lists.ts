import {
  COLLECTION_FIELDS,
  CUSTOMER_FIELDS,
  DRAFT_ORDER_FIELDS,
  GIFT_CARD_FIELDS,
  INVENTORY_ITEM_FIELDS,
  LOCATION_FIELDS,
  PRODUCT_FIELDS,
  VARIANT_FIELDS,
} from "../search/fields";
import type { SearchFields } from "../search/filter";
import type { PlainNode, SimStore } from "../store/types";

/** A root connection over nodes that the store holds whole: what is in it, and how it is searched. */
interface NodeList {
  nodes: (store: SimStore) => PlainNode[];
  fields: SearchFields<PlainNode>;
}

const variants = (store: SimStore) => store.products.flatMap((one) => nodesIn(one.variants));
const items = (store: SimStore) => variants(store).flatMap((one) => nodesIn([one.inventoryItem]));

export const LISTS = {
  customers: { nodes: (store) => store.customers, fields: CUSTOMER_FIELDS },
  products: { nodes: (store) => store.products, fields: PRODUCT_FIELDS },
  productVariants: { nodes: variants, fields: VARIANT_FIELDS },
  inventoryItems: { nodes: items, fields: INVENTORY_ITEM_FIELDS },
  collections: { nodes: (store) => store.collections, fields: COLLECTION_FIELDS },
  draftOrders: { nodes: (store) => store.draftOrders, fields: DRAFT_ORDER_FIELDS },
  locations: { nodes: (store) => store.locations, fields: LOCATION_FIELDS },
  giftCards: { nodes: (store) => store.giftCards, fields: GIFT_CARD_FIELDS },
} satisfies Record<string, NodeList>;

export type ListName = keyof typeof LISTS;

export function isListName(name: string): name is ListName {
  return Object.hasOwn(LISTS, name);
}

function nodesIn(value: unknown): PlainNode[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is PlainNode => typeof one === "object" && one !== null);
}
