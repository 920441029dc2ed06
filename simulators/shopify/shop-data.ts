import { numberOfGid } from "./graphql/connections";
import type { OrderHead, PlainNode, SimShop, SimStore } from "./store/types";

export type OrderSortKey = "createdAt" | "processedAt" | "updatedAt" | "id";

/** A store with the indexes that reading it by page, by id and by customer needs. */
export class ShopData {
  private readonly sorted = new Map<OrderSortKey, OrderHead[]>();
  private byGid: Map<string, PlainNode> | null = null;
  private ordersByCustomer: Map<number, OrderHead[]> | null = null;
  private headsById: Map<number, OrderHead> | null = null;

  private version = 0;

  constructor(readonly store: SimStore) {}

  get shop(): SimShop {
    return this.store.shop;
  }

  /** Forgets the indexes of a store that has changed since. */
  private refresh(): void {
    if (this.version === this.store.version) return;
    this.version = this.store.version;
    this.sorted.clear();
    this.byGid = null;
    this.ordersByCustomer = null;
    this.headsById = null;
  }

  /** Every order's head in ascending order of the key, ties by id. */
  heads(key: OrderSortKey): OrderHead[] {
    this.refresh();
    const known = this.sorted.get(key);
    if (known) return known;
    const heads = [...this.store.heads].sort((a, b) => a[key] - b[key] || a.id - b.id);
    this.sorted.set(key, heads);
    return heads;
  }

  head(id: number): OrderHead | null {
    this.refresh();
    this.headsById ??= new Map(this.store.heads.map((head) => [head.id, head]));
    return this.headsById.get(id) ?? null;
  }

  order(id: number): PlainNode | null {
    return this.store.node(id);
  }

  ordersOfCustomer(id: number): OrderHead[] {
    this.refresh();
    if (!this.ordersByCustomer) {
      this.ordersByCustomer = new Map();
      for (const head of this.heads("id")) {
        if (head.customerId === null) continue;
        const list = this.ordersByCustomer.get(head.customerId);
        if (list) list.push(head);
        else this.ordersByCustomer.set(head.customerId, [head]);
      }
    }
    return this.ordersByCustomer.get(id) ?? [];
  }

  /** A whole customer, product or variant by its global id. */
  object(gid: string): PlainNode | null {
    this.refresh();
    if (!this.byGid) {
      this.byGid = new Map();
      const { customers, products, collections, locations, draftOrders, giftCards } = this.store;
      const all = [customers, products, collections, locations, draftOrders, giftCards];
      for (const node of all.flat()) this.index(node);
    }
    return this.byGid.get(gid) ?? null;
  }

  /**
   * A field of a node, or of the whole object when the node is a cut-down copy of it (an order's
   * customer, a line's variant). Undefined when the store does not hold it.
   */
  field(source: object, name: string): unknown {
    const own: unknown = Reflect.get(source, name);
    if (own !== undefined) return own;
    const gid: unknown = Reflect.get(source, "id");
    if (typeof gid !== "string") return undefined;
    if (name === "legacyResourceId") return String(numberOfGid(gid));
    return this.object(gid)?.[name];
  }

  private index(node: PlainNode): void {
    if (typeof node.id === "string") this.byGid?.set(node.id, node);
    if (node.__typename === "InventoryItem") return;
    if (Array.isArray(node.variants)) for (const variant of node.variants) this.index(variant);
    const item = node.inventoryItem;
    if (typeof item === "object" && item !== null) this.index(item as PlainNode);
  }
}
