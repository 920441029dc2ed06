import type pg from "pg";
import type { OrderFacts } from "../transforms/transform-order";
import {
  type FactTable,
  ORDER_LINE_ITEMS,
  ORDER_SALES,
  ORDERS,
  REFUNDS,
  TRANSACTIONS,
} from "./tables";
import { deleteVanished, upsertRows } from "./upsert-rows.server";

/** The facts of an order and the hash of the payload that they were made from. */
export interface HashedFacts extends OrderFacts {
  payloadHash: Buffer;
}

/**
 * Replaces the facts of these orders: a few statements, however many orders. A list that the
 * payload did not hold (null) leaves what is stored as it is.
 */
export async function writeFacts(
  client: pg.ClientBase,
  shopId: string,
  facts: readonly HashedFacts[],
): Promise<void> {
  const orders = facts.map(({ order, payloadHash }) => ({
    ...order,
    test: order.test ?? false,
    payload_hash: `\\x${payloadHash.toString("hex")}`,
  }));
  await upsertRows(client, shopId, ORDERS, orders);
  await replaceChildren(client, shopId, ORDER_LINE_ITEMS, facts, (fact) => fact.lineItems);
  await replaceChildren(client, shopId, TRANSACTIONS, facts, (fact) =>
    fact.transactions?.map((row) => ({ ...row, test: row.test ?? false })),
  );
  await replaceChildren(client, shopId, REFUNDS, facts, (fact) => fact.refunds);
  await replaceChildren(client, shopId, ORDER_SALES, facts, (fact) => fact.sales);
}

async function replaceChildren<Column extends string>(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable & { key: string; columns: Readonly<Record<Column, string>> },
  facts: readonly HashedFacts[],
  childrenOf: (fact: HashedFacts) => ReadonlyArray<Record<Column, unknown>> | null | undefined,
): Promise<void> {
  const orderIds: string[] = [];
  const rows: Array<Record<Column, unknown>> = [];
  for (const fact of facts) {
    const children = childrenOf(fact);
    if (!children) continue;
    orderIds.push(fact.order.order_id);
    rows.push(...children);
  }
  const keptIds = rows.map((row) => String((row as Record<string, unknown>)[table.key]));
  await deleteVanished(client, shopId, table, orderIds, keptIds);
  await upsertRows(client, shopId, table, rows);
}
