import type pg from "pg";
import { daysOfCustomers, footprintOf } from "./facts/affected-days.server";
import { applyTombstones } from "./facts/apply-tombstones.server";
import { shopSettings } from "./shop-settings.server";

/**
 * Notes that Shopify deleted these orders (numeric ids): they leave every figure and stay away,
 * whatever still brings them. Answers the days of the shop whose rollups no longer hold. Unknown
 * orders are noted too: a file that was written before the deletion may bring them yet.
 */
export async function markOrdersDeleted(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
  at: Date,
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  await client.query(
    `INSERT INTO staging_ingest.shopify_orders_deleted (shop_id, order_id, deleted_at)
     SELECT $1, id, $3 FROM unnest($2::bigint[]) AS id
     ON CONFLICT (shop_id, order_id) DO NOTHING`,
    [shopId, orderIds, at],
  );
  return daysTouched(client, shopId, await applyTombstones(client, shopId, orderIds));
}

/**
 * Takes back that these orders were deleted: Shopify was asked for them by id and has them. Answers
 * the days whose rollups no longer hold.
 */
export async function reviveOrders(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `WITH lifted AS (
       DELETE FROM staging_ingest.shopify_orders_deleted
       WHERE shop_id = $1 AND order_id = ANY ($2::bigint[]) RETURNING order_id
     )
     UPDATE core_warehouse.orders AS fact SET deleted_at = NULL
     FROM lifted WHERE fact.shop_id = $1 AND fact.order_id = lifted.order_id
     RETURNING fact.order_id::text`,
    [shopId, orderIds],
  );
  return daysTouched(
    client,
    shopId,
    rows.map(({ order_id }) => order_id),
  );
}

/** The days on which these orders stand, and those of their customers: a second order becomes the first. */
async function daysTouched(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const { timezone } = await shopSettings(client, shopId);
  const { days, customerKeys } = await footprintOf(client, shopId, timezone, orderIds);
  const theirs = await daysOfCustomers(client, shopId, timezone, customerKeys);
  return [...new Set([...days, ...theirs])].sort();
}
