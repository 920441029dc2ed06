import type pg from "pg";
import { daysOfCustomers, footprintOf } from "./facts/affected-days.server";
import { shopSettings } from "./shop-settings.server";

/**
 * Marks orders that Shopify no longer has: they leave every figure, their facts stay. Answers the
 * days of the shop whose rollups no longer hold.
 */
export async function markOrdersDeleted(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
  at: Date,
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const { timezone } = await shopSettings(client, shopId);
  const { days, customerKeys } = await footprintOf(client, shopId, timezone, orderIds);
  await client.query(
    `UPDATE core_warehouse.orders SET deleted_at = $3
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[]) AND deleted_at IS NULL`,
    [shopId, orderIds, at],
  );
  const theirs = await daysOfCustomers(client, shopId, timezone, customerKeys);
  return [...new Set([...days, ...theirs])].sort();
}
