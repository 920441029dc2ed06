import { numberOfGid } from "../graphql/connections";
import type { OrderHead, PlainNode } from "../store/types";
import type { SearchFields } from "./filter";

/** The filters of `orders` that a head can answer (reference shopify-fields.md §G). */
export const ORDER_FIELDS: SearchFields<OrderHead> = {
  id: { kind: "id", get: (head) => head.id },
  name: { kind: "match", match: (head, value) => nameMatches(head.name, value) },
  created_at: { kind: "time", get: (head) => head.createdAt },
  processed_at: { kind: "time", get: (head) => head.processedAt },
  updated_at: { kind: "time", get: (head) => head.updatedAt },
  test: { kind: "boolean", get: (head) => head.test },
  customer_id: { kind: "id", get: (head) => head.customerId },
  email: { kind: "text", get: (head) => head.email },
  financial_status: { kind: "text", get: (head) => head.financialStatus },
  status: { kind: "match", match: orderStatusMatches },
  default: { kind: "match", match: (head, value) => nameMatches(head.name, value) },
};

function nameMatches(name: string, value: string): boolean {
  return name === value || name === `#${value}`;
}

/** `open`, `closed`, `cancelled`, `not_closed`; the stand-in closes no orders but cancelled ones. */
function orderStatusMatches(head: OrderHead, value: string): boolean {
  const cancelled = head.cancelledAt !== null;
  if (value === "cancelled") return cancelled;
  if (value === "open") return !cancelled;
  return value === "not_closed";
}

const text = (name: string) => (node: PlainNode) => {
  const value = node[name];
  return typeof value === "string" ? value : null;
};
const time = (name: string) => (node: PlainNode) => {
  const value = node[name];
  return typeof value === "string" ? Date.parse(value) : null;
};

const hasTag = (node: PlainNode, value: string) =>
  Array.isArray(node.tags) &&
  node.tags.some((tag) => String(tag).toLowerCase() === value.toLowerCase());
const ownerId = (name: string) => (node: PlainNode) => {
  const owner = node[name];
  return typeof owner === "object" && owner !== null ? numberOfGid(Reflect.get(owner, "id")) : null;
};
const COMMON: SearchFields<PlainNode> = {
  id: { kind: "id", get: (node) => numberOfGid(node.id) },
  created_at: { kind: "time", get: time("createdAt") },
  updated_at: { kind: "time", get: time("updatedAt") },
};

export const VARIANT_FIELDS: SearchFields<PlainNode> = {
  ...COMMON,
  sku: { kind: "text", get: text("sku") },
  title: { kind: "text", get: text("title") },
  product_id: { kind: "id", get: ownerId("product") },
};
export const INVENTORY_ITEM_FIELDS: SearchFields<PlainNode> = {
  ...COMMON,
  sku: { kind: "text", get: text("sku") },
};
export const COLLECTION_FIELDS: SearchFields<PlainNode> = {
  ...COMMON,
  title: { kind: "text", get: text("title") },
  handle: { kind: "text", get: text("handle") },
};
export const DRAFT_ORDER_FIELDS: SearchFields<PlainNode> = {
  ...COMMON,
  status: { kind: "text", get: text("status") },
  customer_id: { kind: "id", get: ownerId("customer") },
};
export const LOCATION_FIELDS: SearchFields<PlainNode> = {
  ...COMMON,
  name: { kind: "text", get: text("name") },
  active: { kind: "boolean", get: (node) => node.isActive === true },
};
export const GIFT_CARD_FIELDS: SearchFields<PlainNode> = COMMON;

export const CUSTOMER_FIELDS: SearchFields<PlainNode> = {
  id: { kind: "id", get: (node) => numberOfGid(node.id) },
  customer_date: { kind: "time", get: time("createdAt") },
  updated_at: { kind: "time", get: time("updatedAt") },
  email: { kind: "text", get: text("email") },
  first_name: { kind: "text", get: text("firstName") },
  last_name: { kind: "text", get: text("lastName") },
  state: { kind: "text", get: text("state") },
  tag: { kind: "match", match: hasTag },
  orders_count: { kind: "number", get: (node) => Number(node.numberOfOrders) },
};

export const PRODUCT_FIELDS: SearchFields<PlainNode> = {
  id: { kind: "id", get: (node) => numberOfGid(node.id) },
  created_at: { kind: "time", get: time("createdAt") },
  updated_at: { kind: "time", get: time("updatedAt") },
  title: { kind: "text", get: text("title") },
  vendor: { kind: "text", get: text("vendor") },
  status: { kind: "text", get: text("status") },
  handle: { kind: "text", get: text("handle") },
  tag: { kind: "match", match: hasTag },
  product_type: { kind: "text", get: text("productType") },
};
