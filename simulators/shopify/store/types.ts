import type { AdPlanOptions } from "../../ad-plan/types";
import type { CustomerRecord, DraftOrderRecord, OrderRecord } from "./records";
import type { ProductRecord } from "./records-catalogue";

/** Who the store is: what Shopify answers about the shop itself. */
export interface SimShop {
  id: number;
  /** `x.myshopify.com` */
  domain: string;
  name: string;
  email: string;
  currency: string;
  ianaTimezone: string;
  plan: "standard" | "plus";
  countryCode: string;
  /** ISO instant, UTC. */
  createdAt: string;
}

/** What search, sort and counting need of an order without building its node. Instants are epoch milliseconds. */
export interface OrderHead {
  id: number;
  name: string;
  createdAt: number;
  processedAt: number;
  updatedAt: number;
  cancelledAt: number | null;
  test: boolean;
  financialStatus: string | null;
  customerId: number | null;
  email: string | null;
}

/**
 * A plain GraphQL object: keys are field names of Admin 2026-01, `__typename` on every Node and on every member of an interface or union, connections AND lists as plain arrays, MoneyBags `{shopMoney, presentmentMoney}`, global ids,
 * instants ending in `Z`. Nodes reached twice (an order's customer, a line's product) are cut down
 * to their own scalar fields, so that a node is always a finite tree.
 */
export type PlainNode = Record<string, unknown>;
export type OrderNode = PlainNode;

export interface StoreSummary {
  orders: number;
  /** ISO instants, UTC; null while the store is empty. */
  firstEventAt: string | null;
  lastEventAt: string | null;
}

/** Everything a Shopify store truly holds. Nodes are built when asked for; heads are always there. */
export interface SimStore {
  shop: SimShop;
  /** In order of creation, oldest first. */
  heads: OrderHead[];
  /** The whole order, or null when the store has no such order. */
  node(id: number): OrderNode | null;
  customers: PlainNode[];
  products: PlainNode[];
  collections: PlainNode[];
  locations: PlainNode[];
  draftOrders: PlainNode[];
  giftCards: PlainNode[];
  /** Rises with every change: whoever keeps an index of the store makes it anew. */
  readonly version: number;
  /** What the nodes are built from; null for hand-made nodes, which cannot be changed. */
  records: StoreRecords | null;
  summary(): StoreSummary;
}

/** The records behind a store, and the way to change them. Money in minor units, instants in epoch milliseconds. */
export interface StoreRecords {
  customers: CustomerRecord[];
  catalogue: ProductRecord[];
  draftOrders: DraftOrderRecord[];
  order(id: number): OrderRecord | null;
  /** Puts a new order in place, or one whose record has changed; its customer's counts follow. */
  put(record: OrderRecord): void;
  /** Takes an order out as if it had never been; null when there is none. */
  remove(id: number): OrderRecord | null;
  /** To be called after a customer's or a product's record has changed. */
  changed(): void;
}

export interface GenerateOptions {
  seed: number;
  orders: number;
  days: number;
  /** The last event of the store lies at or before this instant. */
  now: Date;
  domain: string;
  plan: "standard" | "plus";
  currency: string;
  ianaTimezone: string;
  /**
   * Adds orders, and refunds of them, at the shop's midnights and at its changes of the clock: the
   * same days of every store, beside those that are drawn.
   */
  corners?: boolean;
  /** Some orders carry a ledger row of a kind that this API version does not name. */
  unknownRows?: boolean;
  /** The ads whose clicks bring a part of the orders; left out, nobody advertises. */
  ads?: AdPlanOptions;
}

export interface ReplayOptions {
  /** Path of the log. */
  csv: string;
  domain: string;
  plan?: "standard" | "plus";
  name?: string;
}
