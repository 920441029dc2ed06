import type pg from "pg";
import { z } from "zod";

/** An order that a webhook named, as it was marked at the reading. */
export interface DirtyOrder {
  orderId: string;
  /** Shopify said that it is gone. */
  deleted: boolean;
  /** Exact text of the instant: a mark is taken away only if it is still this one. */
  markedAt: string;
}

const rowsSchema = z.array(
  z.object({ order_id: z.string(), deleted: z.boolean(), marked_at: z.string() }),
);

/** The orders that were marked first. */
export async function dirtyOrders(
  client: pg.ClientBase,
  shopId: string,
  limit: number,
): Promise<DirtyOrder[]> {
  const { rows } = await client.query(
    `SELECT id::text AS order_id, deleted, marked_at::text FROM staging_ingest.shopify_dirty
     WHERE shop_id = $1 AND resource = 'ORDER' ORDER BY marked_at, id LIMIT $2`,
    [shopId, limit],
  );
  return rowsSchema.parse(rows).map(({ order_id, deleted, marked_at }) => ({
    orderId: order_id,
    deleted,
    markedAt: marked_at,
  }));
}

/** How many marked orders have to be read. */
export async function countDirtyOrders(client: pg.ClientBase, shopId: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM staging_ingest.shopify_dirty
     WHERE shop_id = $1 AND resource = 'ORDER' AND NOT deleted`,
    [shopId],
  );
  return Number(rows[0]?.count ?? 0);
}

/**
 * Takes away the marks that were set before an instant and whose orders loaded bulk files held that
 * were begun after it. Deletions, and orders that the files did not hold, keep theirs.
 */
export async function clearMarksInFiles(
  client: pg.ClientBase,
  shopId: string,
  { operationIds, before }: { operationIds: readonly string[]; before: string },
): Promise<void> {
  await client.query(
    `DELETE FROM staging_ingest.shopify_dirty AS dirty
     WHERE dirty.shop_id = $1 AND dirty.resource = 'ORDER' AND NOT dirty.deleted
       AND dirty.marked_at < $3 AND EXISTS (
         SELECT FROM bulk_load.lines AS line
         WHERE line.shop_id = $1 AND line.operation_id = ANY ($2::text[])
           AND line.parent_id IS NULL AND line.id = 'gid://shopify/Order/' || dirty.id)`,
    [shopId, operationIds, before],
  );
}

/**
 * Takes marks away in the transaction that stored what they were about; one that was set again
 * since it was read stays.
 */
export async function clearDirtyOrders(
  client: pg.ClientBase,
  shopId: string,
  orders: readonly DirtyOrder[],
): Promise<void> {
  await client.query(
    `DELETE FROM staging_ingest.shopify_dirty AS dirty
     USING unnest($2::bigint[], $3::timestamptz[]) AS done(id, marked_at)
     WHERE dirty.shop_id = $1 AND dirty.resource = 'ORDER' AND dirty.id = done.id
       AND dirty.marked_at = done.marked_at`,
    [shopId, orders.map(({ orderId }) => orderId), orders.map(({ markedAt }) => markedAt)],
  );
}
