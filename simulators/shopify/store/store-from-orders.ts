import { instant } from "./nodes/context";
import { orderNode } from "./nodes/order-node";
import { customerNode } from "./nodes/people";
import { productNode } from "./nodes/products";
import { OrderBook } from "./orders/book";
import { received, refunded } from "./orders/payments";
import { financialStatus } from "./orders/status";
import type { CustomerRecord, OrderRecord } from "./records";
import type { ProductRecord } from "./records-catalogue";
import type { OrderHead, SimShop, SimStore, StoreSummary } from "./types";

/** A shop in dollars and UTC for hand-made stores; any field can be given. */
export function simShop(fields: Partial<SimShop> & { domain: string }): SimShop {
  return {
    id: 548_380_009,
    name: fields.domain.replace(/\.myshopify\.com$/, ""),
    email: `owner@${fields.domain.replace(/\.myshopify\.com$/, "")}.example`,
    currency: "USD",
    ianaTimezone: "Etc/UTC",
    plan: "standard",
    countryCode: "US",
    createdAt: "2020-01-01T00:00:00Z",
    ...fields,
  };
}

/**
 * A store of hand-made orders: `make` places them in a book and pays, refunds, edits or cancels
 * them. Money in minor units of the shop's currency, instants in epoch milliseconds.
 */
export function storeFromOrders(
  shop: SimShop,
  make: (book: OrderBook) => void,
  catalogue: ProductRecord[] = [],
): SimStore {
  const book = new OrderBook(shop.currency);
  make(book);
  return storeOfRecords(
    shop,
    book.drafts.map((draft) => draft.record),
    catalogue,
  );
}

/** The store over finished records. Fills what customers are known by: their orders and spending. */
export function storeOfRecords(
  shop: SimShop,
  records: OrderRecord[],
  catalogue: ProductRecord[],
  idleCustomers: CustomerRecord[] = [],
): SimStore {
  const byId = new Map(records.map((record) => [record.id, record]));
  const customers = countCustomers(records, idleCustomers);
  const heads = records.map(orderHead);
  return assembleStore({ shop, heads, record: (id) => byId.get(id), customers, catalogue });
}

/** A store over whatever gives its records: kept in memory, or made again when asked for. */
export function assembleStore(parts: {
  shop: SimShop;
  heads: OrderHead[];
  record: (id: number) => OrderRecord | undefined;
  customers: CustomerRecord[];
  catalogue: ProductRecord[];
}): SimStore {
  const { shop, heads, catalogue } = parts;
  const products = new Map(catalogue.map((product) => [product.id, product]));
  const customerNodes = once(() => parts.customers.map((one) => customerNode(one, shop.currency)));
  const productNodes = once(() => catalogue.map((one) => productNode(one, shop.currency)));
  return {
    shop,
    heads,
    node: (id) => {
      const record = parts.record(id);
      return record ? orderNode(shop, record, products) : null;
    },
    get customers() {
      return customerNodes();
    },
    get products() {
      return productNodes();
    },
    summary: () => summarise(heads),
  };
}

export function orderHead(record: OrderRecord): OrderHead {
  return {
    id: record.id,
    name: record.name,
    createdAt: record.createdAt,
    processedAt: record.processedAt,
    updatedAt: record.updatedAt,
    cancelledAt: record.cancelledAt,
    test: record.test,
    financialStatus: financialStatus(record),
    customerId: record.customer?.id ?? null,
    email: record.email,
  };
}

function countCustomers(records: OrderRecord[], idle: CustomerRecord[]): CustomerRecord[] {
  const customers = new Set<CustomerRecord>(idle);
  const inTurn = [...records].sort((a, b) => a.processedAt - b.processedAt || a.id - b.id);
  for (const record of inTurn) {
    const { customer } = record;
    if (!customer) continue;
    customers.add(customer);
    customer.updatedAt = Math.max(customer.updatedAt, record.updatedAt);
    if (record.test) continue;
    customer.orders += 1;
    record.customerOrderIndex = customer.orders;
    customer.spent += received(record, "amount") - refunded(record, "amount");
  }
  return [...customers].sort((a, b) => a.id - b.id);
}

/** Nodes made when first asked for: a store of many customers starts at once. */
function once<T>(build: () => T): () => T {
  let built: { value: T } | null = null;
  return () => {
    built ??= { value: build() };
    return built.value;
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
