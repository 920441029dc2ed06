import type pg from "pg";
import { z } from "zod";

/** Instants, ISO: from inclusive, to exclusive; by `createdAt`. */
export interface CreatedWindow {
  from: string;
  to: string;
}

/** How many orders created in the window are stored; test orders count, deleted ones do not. */
export async function countStoredOrders(
  client: pg.ClientBase,
  shopId: string,
  { from, to }: CreatedWindow,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM core_warehouse.orders
     WHERE shop_id = $1 AND created_at >= $2 AND created_at < $3 AND deleted_at IS NULL`,
    [shopId, from, to],
  );
  return Number(rows[0]?.count ?? 0);
}

/** Their ids. */
export async function storedOrderIds(
  client: pg.ClientBase,
  shopId: string,
  { from, to }: CreatedWindow,
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT order_id::text FROM core_warehouse.orders
     WHERE shop_id = $1 AND created_at >= $2 AND created_at < $3 AND deleted_at IS NULL
     ORDER BY core_warehouse.orders.order_id`,
    [shopId, from, to],
  );
  return rows.map(({ order_id }) => order_id);
}

const known = z.array(
  z.object({
    order_id: z.string(),
    created_at: z.date().nullable(),
    updated_at: z.date().nullable(),
  }),
);

export interface StoredOrder {
  createdAt: Date | null;
  updatedAt: Date | null;
}

/** What is stored of these orders, by id; deleted ones are left out. */
export async function storedOrders(
  client: pg.ClientBase,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, StoredOrder>> {
  const { rows } = await client.query(
    `SELECT order_id::text, created_at, updated_at FROM core_warehouse.orders
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[]) AND deleted_at IS NULL`,
    [shopId, orderIds],
  );
  return new Map(
    known
      .parse(rows)
      .map((row) => [row.order_id, { createdAt: row.created_at, updatedAt: row.updated_at }]),
  );
}
