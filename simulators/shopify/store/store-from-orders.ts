import { assembleStore } from "./assemble-store";
import { orderHead } from "./order-head";
import { OrderBook } from "./orders/book";
import { received, refunded } from "./orders/payments";
import type { CustomerRecord, DraftOrderRecord, OrderRecord } from "./records";
import type { ProductRecord } from "./records-catalogue";
import type { SimShop, SimStore } from "./types";

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
  draftOrders: DraftOrderRecord[] = [],
): SimStore {
  const byId = new Map(records.map((record) => [record.id, record]));
  const customers = countCustomers(records, idleCustomers);
  const heads = records.map(orderHead);
  const record = (id: number) => byId.get(id);
  return assembleStore({ shop, heads, record, customers, catalogue, draftOrders });
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
