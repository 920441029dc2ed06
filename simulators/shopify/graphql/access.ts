import type { OrderHead } from "../store/types";
import { accessDenied } from "./errors";

const SIXTY_DAYS = 60 * 86_400_000;

/** Scope that a root field needs; fields not named need none. */
const SCOPES: Record<string, string> = {
  orders: "read_orders",
  order: "read_orders",
  ordersCount: "read_orders",
  customers: "read_customers",
  customer: "read_customers",
  customersCount: "read_customers",
  products: "read_products",
  product: "read_products",
  productsCount: "read_products",
  productVariants: "read_products",
  productVariant: "read_products",
  shopifyqlQuery: "read_reports",
  productVariantsCount: "read_products",
  productTags: "read_products",
  collections: "read_products",
  collection: "read_products",
  collectionsCount: "read_products",
  inventoryItems: "read_inventory",
  inventoryItem: "read_inventory",
  inventoryItemsCount: "read_inventory",
  locations: "read_locations",
  location: "read_locations",
  locationsCount: "read_locations",
  draftOrders: "read_draft_orders",
  draftOrder: "read_draft_orders",
  draftOrdersCount: "read_draft_orders",
  giftCards: "read_gift_cards",
  giftCard: "read_gift_cards",
  giftCardsCount: "read_gift_cards",
  return: "read_returns",
  refund: "read_orders",
  fulfillment: "read_orders",
};

/** Throws ACCESS_DENIED when the token may not read this root field. */
export function demandAccess(field: string, scopes: string[]): void {
  const scope = SCOPES[field];
  if (scope && !granted(scope, scopes)) throw accessDenied(field, scope);
}

/** Orders that a token may see: without `read_all_orders` those of the last 60 days. */
export function visibleOrders(scopes: string[], now: Date): ((head: OrderHead) => boolean) | null {
  if (granted("read_all_orders", scopes)) return null;
  const since = now.getTime() - SIXTY_DAYS;
  return (head) => head.createdAt >= since;
}

export function granted(scope: string, scopes: string[]): boolean {
  return scopes.includes(scope) || scopes.includes(scope.replace(/^read_/, "write_"));
}
