import { collectionNodes, collectionsOf } from "./nodes/collections";
import { instant } from "./nodes/context";
import { draftOrderNode } from "./nodes/draft-orders";
import { giftCardNodes } from "./nodes/gift-cards";
import { locationNodes } from "./nodes/locations";
import { orderNode } from "./nodes/order-node";
import { customerNode } from "./nodes/people";
import { productNode } from "./nodes/products";
import { RecordIndex } from "./record-index";
import type { CustomerRecord, DraftOrderRecord, OrderRecord } from "./records";
import type { ProductRecord } from "./records-catalogue";
import type { OrderHead, SimShop, SimStore, StoreSummary } from "./types";

export interface StoreParts {
  shop: SimShop;
  heads: OrderHead[];
  /** Gives an order's record: kept in memory, or made again when asked for. */
  record: (id: number) => OrderRecord | undefined;
  customers: CustomerRecord[];
  catalogue: ProductRecord[];
  draftOrders?: DraftOrderRecord[];
}

/** The store over its records. Nodes are built when asked for and forgotten when a record changes. */
export function assembleStore(parts: StoreParts): SimStore {
  const { shop } = parts;
  const records = new RecordIndex(parts);
  const products = new Map(records.catalogue.map((product) => [product.id, product]));
  const whileUnchanged = <T>(build: () => T): (() => T) => {
    let built: { value: T; version: number } | null = null;
    return () => {
      if (built?.version !== records.version) built = { value: build(), version: records.version };
      return built.value;
    };
  };
  const customers = whileUnchanged(() =>
    records.customers.map((one) => customerNode(one, shop.currency)),
  );
  const productNodes = whileUnchanged(() =>
    records.catalogue.map((one) => ({
      ...productNode(shop, one),
      collections: collectionsOf(records.catalogue, one),
    })),
  );
  const collections = whileUnchanged(() => collectionNodes(records.catalogue));
  const draftOrders = whileUnchanged(() =>
    records.draftOrders.map((one) => draftOrderNode(shop, one, products)),
  );
  const giftCards = whileUnchanged(() => giftCardNodes(records, records.heads));
  const locations = locationNodes(shop);
  return {
    shop,
    records,
    get version() {
      return records.version;
    },
    get heads() {
      return records.heads;
    },
    node: (id) => {
      const record = records.order(id);
      return record ? orderNode(shop, record, products) : null;
    },
    get customers() {
      return customers();
    },
    get products() {
      return productNodes();
    },
    get collections() {
      return collections();
    },
    get draftOrders() {
      return draftOrders();
    },
    get giftCards() {
      return giftCards();
    },
    locations,
    summary: () => summarise(records.heads),
  };
}

function summarise(heads: OrderHead[]): StoreSummary {
  if (heads.length === 0) return { orders: 0, firstEventAt: null, lastEventAt: null };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const head of heads) {
    first = Math.min(first, head.processedAt, head.createdAt);
    last = Math.max(last, head.updatedAt);
  }
  return { orders: heads.length, firstEventAt: instant(first), lastEventAt: instant(last) };
}
