import type { AdPlanOptions } from "../../ad-plan/types";

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
  summary(): StoreSummary;
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
