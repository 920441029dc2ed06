import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { applyTombstones } from "./facts/apply-tombstones.server";
import { writeFacts } from "./facts/write-facts.server";
import { rollupDays } from "./rollups/rollup-days.server";
import { transformOrder } from "./transforms/transform-order";

const CHUNK = 500;

/**
 * Makes facts and rollups of a shop anew from staging alone, in the caller's transaction, so that
 * readers see the old figures until the new ones are complete. Facts without a raw document are
 * removed. Answers the number of orders.
 */
export async function rebuildFacts(client: pg.ClientBase, shopId: string): Promise<number> {
  let last = "0";
  let orders = 0;
  for (;;) {
    const { rows } = await client.query<{ order_id: string; payload: RawOrder; hash: Buffer }>(
      `SELECT raw.order_id::text, payload, payload_hash AS hash
       FROM staging_ingest.shopify_orders_raw AS raw
       WHERE shop_id = $1 AND order_id > $2 ORDER BY raw.order_id LIMIT ${CHUNK}`,
      [shopId, last],
    );
    const newest = rows.at(-1);
    if (!newest) break;
    const facts = rows.map(({ payload, hash }) => ({
      ...transformOrder(payload),
      payloadHash: hash,
    }));
    await writeFacts(client, shopId, facts);
    orders += rows.length;
    last = newest.order_id;
  }
  await deleteOrphans(client, shopId);
  await applyTombstones(client, shopId, "all");
  await rollupDays(client, shopId, "all");
  return orders;
}

async function deleteOrphans(client: pg.ClientBase, shopId: string): Promise<void> {
  const tables = ["order_sales", "transactions", "refunds", "order_line_items", "orders"];
  for (const table of tables) {
    await client.query(
      `DELETE FROM core_warehouse.${table} AS fact
       WHERE shop_id = $1 AND NOT EXISTS (
         SELECT FROM staging_ingest.shopify_orders_raw AS raw
         WHERE raw.shop_id = fact.shop_id AND raw.order_id = fact.order_id)`,
      [shopId],
    );
  }
}
