import { numberedId } from "../ids";
import type { CustomerRecord } from "../records";
import type { ProductRecord } from "../records-catalogue";
import type { LogRow, PurchaseLog } from "./read-log";
import { ReplayError } from "./replay-error";

/** An order of the log with the refunds that name it. */
export interface LogOrder {
  name: string;
  at: number;
  customer: CustomerRecord | null;
  email: string | null;
  sales: LogRow[];
  refunds: LogRow[];
}

/** Orders in the order of their instants; rows of one order need not stand together. */
export function groupOrders(log: PurchaseLog): { orders: LogOrder[]; customers: CustomerRecord[] } {
  const byName = new Map<string, LogOrder>();
  const customers = new Map<string, CustomerRecord>();
  for (const row of log.rows) {
    if (row.kind === "sale") addSale(byName, customers, row);
  }
  for (const row of log.rows) {
    if (row.kind !== "refund") continue;
    const order = byName.get(row.refundOf);
    if (!order)
      throw new ReplayError(
        row.line,
        `a refund of an order the log does not hold: ${row.refundOf}`,
      );
    order.refunds.push(row);
  }
  // Sorting is stable: orders of one instant stay as the log has them.
  const orders = [...byName.values()].sort((a, b) => a.at - b.at);
  for (const order of orders) order.refunds.sort((a, b) => a.at - b.at);
  return { orders, customers: [...customers.values()] };
}

function addSale(
  byName: Map<string, LogOrder>,
  customers: Map<string, CustomerRecord>,
  row: LogRow,
): void {
  let order = byName.get(row.orderId);
  if (!order) {
    order = { name: row.orderId, at: row.at, customer: null, email: null, sales: [], refunds: [] };
    byName.set(row.orderId, order);
  }
  order.sales.push(row);
  order.email ??= row.email || null;
  if (row.customerId) order.customer ??= customerOf(customers, row);
}

function customerOf(customers: Map<string, CustomerRecord>, row: LogRow): CustomerRecord {
  const known = customers.get(row.customerId);
  if (known) {
    known.email ??= row.email || null;
    known.createdAt = Math.min(known.createdAt, row.at);
    return known;
  }
  const customer: CustomerRecord = {
    id: numberedId("Customer", customers.size * 7),
    email: row.email || null,
    phone: null,
    firstName: null,
    lastName: row.customerId,
    createdAt: row.at,
    updatedAt: row.at,
    orders: 0,
    spent: 0,
    address: null,
  };
  customers.set(row.customerId, customer);
  return customer;
}

/** One product with one variant for each sku, at the first price and title it was sold under. */
export function catalogueOf(log: PurchaseLog): Map<string, ProductRecord> {
  const products = new Map<string, ProductRecord>();
  for (const row of log.rows) {
    if (row.kind !== "sale" || row.sku === "" || products.has(row.sku)) continue;
    const n = products.size;
    products.set(row.sku, {
      id: numberedId("Product", n),
      title: row.title || row.sku,
      handle: `product-${n + 1}`,
      vendor: "Replay",
      productType: "",
      tags: [],
      giftCard: false,
      status: "ACTIVE",
      createdAt: row.at,
      updatedAt: row.at,
      metafields: [],
      variants: [
        {
          id: numberedId("ProductVariant", n),
          inventoryItemId: numberedId("InventoryItem", n),
          title: "Default Title",
          sku: row.sku,
          price: row.unitPrice,
          compareAtPrice: null,
          unitCost: null,
          costHistory: [{ since: row.at, cost: null }],
          inventoryQuantity: 0,
          weightGrams: 0,
        },
      ],
    });
  }
  return products;
}
