import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import type { HashedFacts } from "./facts/write-facts.server";
import type { StagedOrder } from "./staging/stage-documents.server";
import { transformPlainOrder } from "./transforms/transform-order";

/**
 * The facts of orders as staging holds them. Where a ledger is missing the stored details take part:
 * refund lines, which have a document of their own, are what returns are made from then.
 */
export async function factsOfOrders(
  client: pg.ClientBase,
  shopId: string,
  orders: readonly StagedOrder[],
): Promise<HashedFacts[]> {
  const unread = orders.filter(({ document }) => !Array.isArray(document.agreements));
  const details = await storedDetails(
    client,
    shopId,
    unread.map(({ orderId }) => orderId),
  );
  return orders.map(({ orderId, document, hash }) => ({
    ...transformPlainOrder(document, details.get(orderId)),
    payloadHash: hash,
  }));
}

/** Those of the orders whose stored document holds no ledger. */
export async function ordersToReckon(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
): Promise<StagedOrder[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await client.query<{ order_id: string; payload: RawOrder; hash: Buffer }>(
    `SELECT raw.order_id::text, payload, payload_hash AS hash
     FROM staging_ingest.shopify_orders_raw AS raw
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])
       AND jsonb_typeof(payload -> 'agreements') IS DISTINCT FROM 'array'`,
    [shopId, orderIds],
  );
  return rows.map(({ order_id, payload, hash }) => ({
    orderId: order_id,
    document: payload,
    hash,
  }));
}

async function storedDetails(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, RawOrder>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await client.query<{ order_id: string; payload: RawOrder }>(
    `SELECT raw.order_id::text, payload FROM staging_ingest.shopify_order_details_raw AS raw
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])`,
    [shopId, orderIds],
  );
  return new Map(rows.map(({ order_id, payload }) => [order_id, payload]));
}
