import { ORDER_FIELDS } from "../search/fields";
import { type SearchFields, searchFilter } from "../search/filter";
import type { OrderSortKey, ShopData } from "../shop-data";
import type { OrderHead, PlainNode, SimStore } from "../store/types";
import { numberOfGid, type PageSource } from "./connections";
import { notHeld } from "./errors";
import { LISTS, type ListName } from "./lists";

export interface ListArguments {
  query?: string | null;
  sortKey?: string | null;
  reverse?: boolean | null;
}

/** What a search found, and what Shopify would say about the search itself. */
export interface Found<T> {
  items: T[];
  search: { query: string; parsed: unknown; warnings: unknown[] } | null;
}

const ORDER_KEYS: Record<string, OrderSortKey> = {
  CREATED_AT: "createdAt",
  PROCESSED_AT: "processedAt",
  UPDATED_AT: "updatedAt",
  ID: "id",
  ORDER_NUMBER: "id",
};

const textOf = (name: string) => (node: PlainNode) => String(node[name] ?? "").toLowerCase();

const NODE_SORTS = new Map<string, (node: PlainNode) => number | string>([
  ["ID", (node) => numberOfGid(node.id) ?? 0],
  ["NUMBER", (node) => numberOfGid(node.id) ?? 0],
  ["CREATED_AT", (node) => Date.parse(String(node.createdAt))],
  ["UPDATED_AT", (node) => Date.parse(String(node.updatedAt))],
  ["TITLE", textOf("title")],
  ["NAME", textOf("name")],
  ["SKU", textOf("sku")],
]);

/** Orders by Shopify's arguments: filtered, sorted, reversed; their heads only. */
export function findOrders(
  data: ShopData,
  args: ListArguments,
  visible: ((head: OrderHead) => boolean) | null,
): Found<OrderHead> {
  const sorted = data.heads(orderSortKey(args));
  const found = filtered(sorted, args, ORDER_FIELDS);
  if (visible) found.items = found.items.filter(visible);
  if (args.reverse) found.items = [...found.items].reverse();
  return found;
}

function orderSortKey(args: ListArguments): OrderSortKey {
  const key = ORDER_KEYS[args.sortKey ?? "PROCESSED_AT"];
  if (!key) throw notHeld(`orders sorted by ${args.sortKey}`);
  return key;
}

/** A page source over heads that builds only the nodes of the page. */
export function orderSource(data: ShopData, heads: OrderHead[], args: ListArguments): PageSource {
  const key = orderSortKey(args);
  const direction = args.reverse ? -1 : 1;
  const value = (head: OrderHead) => (key === "id" ? String(head.id) : head[key]);
  return {
    length: heads.length,
    node: (index) => data.order(heads[index]?.id ?? 0) ?? {},
    cursor: (index) => {
      const head = heads[index];
      return { last_id: head?.id ?? 0, last_value: head ? value(head) : 0 };
    },
    positionAfter(cursor) {
      const [at, id] = [Number(cursor.last_value), Number(cursor.last_id)];
      if (Number.isNaN(at) || Number.isNaN(id)) return null;
      let [low, high] = [0, heads.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const head = heads[middle];
        if (!head) break;
        const order = (Number(value(head)) - at || head.id - id) * direction;
        if (order <= 0) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** Nodes that the store holds whole, in order of id, or of something they carry. */
export function findNodes(store: SimStore, args: ListArguments, what: ListName): Found<PlainNode> {
  const { nodes, fields } = LISTS[what];
  const found = filtered(nodes(store), args, fields);
  const key = args.sortKey ?? "ID";
  const value = NODE_SORTS.get(key);
  if (!value) throw notHeld(`${what} sorted by ${key}`);
  const keyed = found.items.map((item) => ({ item, key: value(item) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  found.items = keyed.map(({ item }) => item);
  if (args.reverse) found.items.reverse();
  return found;
}

function filtered<T>(items: T[], args: ListArguments, fields: SearchFields<T>): Found<T> {
  const filter = searchFilter(args.query, fields);
  const warned = filter.warnings.length > 0;
  return {
    items: filter.matches ? items.filter(filter.matches) : items,
    search: warned
      ? { query: args.query ?? "", parsed: filter.parsed, warnings: filter.warnings }
      : null,
  };
}
