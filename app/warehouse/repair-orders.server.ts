import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { numericId } from "~/lib/shopify-ids";
import { daysOfCustomers, footprintOf } from "./facts/affected-days.server";
import { writeFacts } from "./facts/write-facts.server";
import { factsOfOrders } from "./facts-of-orders.server";
import { loadOrders } from "./load-orders.server";
import { reviveOrders } from "./mark-orders-deleted.server";
import { shopSettings } from "./shop-settings.server";

/**
 * Loads orders, as Shopify just answered them, whose stored facts are in doubt: into staging as
 * ever, and their facts anew from there, even where the document is what staging already held. One
 * that was taken for deleted is not. Answers the days of the shop whose rollups no longer hold.
 */
export async function repairOrders(
  client: pg.ClientBase,
  shopId: string,
  documents: readonly RawOrder[],
): Promise<string[]> {
  const orderIds = documents.flatMap((document) => numericId(String(document.id)) ?? []);
  if (orderIds.length === 0) return [];
  const { timezone } = await shopSettings(client, shopId);
  const before = await footprintOf(client, shopId, timezone, orderIds);
  await reviveOrders(client, shopId, orderIds);
  await loadOrders(client, shopId, documents, "PAGE", { trackDays: false });
  const { rows } = await client.query<{ order_id: string; payload: RawOrder; hash: Buffer }>(
    `SELECT order_id::text, payload, payload_hash AS hash FROM staging_ingest.shopify_orders_raw
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[])`,
    [shopId, orderIds],
  );
  const orders = rows.map(({ order_id, payload, hash }) => ({
    orderId: order_id,
    document: payload,
    hash,
  }));
  await writeFacts(client, shopId, await factsOfOrders(client, shopId, orders));
  const after = await footprintOf(client, shopId, timezone, orderIds);
  const customers = [...new Set([...before.customerKeys, ...after.customerKeys])];
  const theirs = await daysOfCustomers(client, shopId, timezone, customers);
  return [...new Set([...before.days, ...after.days, ...theirs])].sort();
}
