import type pg from "pg";
import type { DetailFacts } from "../transforms/detail-rows";
import type { OrderOwnFacts } from "../transforms/transform-order";
import type { FactTable } from "./fact-table";
import { DETAIL_CHILDREN, ORDER_CHILDREN, ORDERS } from "./tables";
import { deleteVanished, upsertRows } from "./upsert-rows.server";

type Row = Readonly<Record<string, unknown>>;

/** The facts of an order and the hash of the payload that they were made from. */
export interface HashedFacts extends OrderOwnFacts {
  payloadHash: Buffer;
}

/** The facts of an order's details. */
export interface OrderDetailFacts extends DetailFacts {
  orderId: string;
}

/**
 * Replaces the facts of these orders: a few statements, however many orders. A list that the
 * payload did not hold (null) leaves what is stored as it is. Details are not touched.
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
  for (const name of keysOf(ORDER_CHILDREN)) {
    await replaceChildren(client, shopId, ORDER_CHILDREN[name], facts, (fact) => ({
      orderId: fact.order.order_id,
      rows: name === "transactions" ? tested(fact.transactions) : fact[name],
    }));
  }
}

/** The same for what hangs below an order's refunds, parcels, returns and journey. */
export async function writeDetails(
  client: pg.ClientBase,
  shopId: string,
  facts: readonly OrderDetailFacts[],
): Promise<void> {
  for (const name of keysOf(DETAIL_CHILDREN)) {
    await replaceChildren(client, shopId, DETAIL_CHILDREN[name], facts, (fact) => ({
      orderId: fact.orderId,
      rows: fact[name],
    }));
  }
}

/** Whether a payment is a test must be known: one that does not say so is none. */
function tested(rows: OrderOwnFacts["transactions"]): Row[] | null {
  return rows?.map((row) => ({ ...row, test: row.test ?? false })) ?? null;
}

const keysOf = <T extends object>(of: T) => Object.keys(of) as Array<keyof T>;

async function replaceChildren<Fact>(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable,
  facts: readonly Fact[],
  childrenOf: (fact: Fact) => { orderId: string; rows: readonly Row[] | null },
): Promise<void> {
  const orderIds: string[] = [];
  const rows: Row[] = [];
  for (const fact of facts) {
    const children = childrenOf(fact);
    if (!children.rows) continue;
    orderIds.push(children.orderId);
    rows.push(...children.rows);
  }
  await deleteVanished(client, shopId, table, orderIds, rows);
  await upsertRows(client, shopId, table, rows);
}
