import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { applyTombstones } from "./facts/apply-tombstones.server";
import type { FactTable } from "./facts/fact-table";
import { DETAIL_CHILDREN, ORDER_CHILDREN, ORDERS } from "./facts/tables";
import { writeDetails, writeFacts } from "./facts/write-facts.server";
import { factsOfOrders } from "./facts-of-orders.server";
import { rollupDays } from "./rollups/rollup-days.server";
import { ORDER_DETAILS_RAW, ORDERS_RAW } from "./staging/stage-documents.server";
import { transformDetails } from "./transforms/transform-order";

const CHUNK = 500;

interface Stored {
  order_id: string;
  payload: RawOrder;
  hash: Buffer;
}

/**
 * Makes facts and rollups of a shop anew from staging alone, in the caller's transaction, so that
 * readers see the old figures until the new ones are complete. Facts without a raw document are
 * removed. Answers the number of orders.
 */
export async function rebuildFacts(client: pg.ClientBase, shopId: string): Promise<number> {
  let orders = 0;
  for await (const rows of storedDocuments(client, shopId, ORDERS_RAW.table)) {
    const staged = rows.map(({ order_id, payload, hash }) => ({
      orderId: order_id,
      document: payload,
      hash,
    }));
    await writeFacts(client, shopId, await factsOfOrders(client, shopId, staged));
    orders += rows.length;
  }
  for await (const rows of storedDocuments(client, shopId, ORDER_DETAILS_RAW.table)) {
    await writeDetails(
      client,
      shopId,
      rows.map(({ payload }) => transformDetails(payload)),
    );
  }
  const own = [...Object.values(ORDER_CHILDREN), ORDERS];
  await deleteOrphans(client, shopId, own, ORDERS_RAW.table);
  await deleteOrphans(client, shopId, Object.values(DETAIL_CHILDREN), ORDER_DETAILS_RAW.table);
  await applyTombstones(client, shopId, "all");
  await rollupDays(client, shopId, "all");
  return orders;
}

async function* storedDocuments(
  client: pg.ClientBase,
  shopId: string,
  table: string,
): AsyncGenerator<Stored[]> {
  for (let last = "0"; ; ) {
    const { rows } = await client.query<Stored>(
      `SELECT raw.order_id::text, payload, payload_hash AS hash FROM ${table} AS raw
       WHERE shop_id = $1 AND order_id > $2 ORDER BY raw.order_id LIMIT ${CHUNK}`,
      [shopId, last],
    );
    const newest = rows.at(-1);
    if (!newest) return;
    yield rows;
    last = newest.order_id;
  }
}

async function deleteOrphans(
  client: pg.ClientBase,
  shopId: string,
  tables: readonly FactTable[],
  raw: string,
): Promise<void> {
  for (const { name } of tables) {
    await client.query(
      `DELETE FROM ${name} AS fact
       WHERE shop_id = $1 AND NOT EXISTS (
         SELECT FROM ${raw} AS raw
         WHERE raw.shop_id = fact.shop_id AND raw.order_id = fact.order_id)`,
      [shopId],
    );
  }
}
