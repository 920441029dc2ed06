import type pg from "pg";

/** A bulk file of all orders of a shop, loaded into `bulk_load.lines`, and what it surely holds. */
export interface OrdersFile {
  operationId: string;
  /** Its length: where fewer lines are stored, it says nothing about what is missing. */
  lines: number;
  /** It holds every order created from here (null: from the beginning) ... */
  from: Date | null;
  /** ... up to here. */
  to: Date;
}

const IN_FILE = `EXISTS (
  SELECT FROM bulk_load.lines AS line
  WHERE line.shop_id = $1 AND line.operation_id = $2 AND line.parent_id IS NULL
    AND line.id = 'gid://shopify/Order/' || o.order_id)`;

const VANISHED = `o.shop_id = $1 AND o.deleted_at IS NULL
  AND o.created_at < $4 AND ($3::timestamptz IS NULL OR o.created_at >= $3)
  AND (SELECT count(*) FROM bulk_load.lines AS line
    WHERE line.shop_id = $1 AND line.operation_id = $2) = $5
  AND NOT ${IN_FILE}`;

const valuesOf = (shopId: string, { operationId, lines, from, to }: OrdersFile) => [
  shopId,
  operationId,
  from,
  to,
  lines,
];

/** Stored orders that the file should hold and does not (numeric ids): they were deleted in the shop. */
export async function vanishedOrders(
  client: pg.ClientBase,
  shopId: string,
  file: OrdersFile,
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT o.order_id::text FROM core_warehouse.orders AS o WHERE ${VANISHED}`,
    valuesOf(shopId, file),
  );
  return rows.map(({ order_id }) => order_id);
}

/** Orders in the file that were taken for deleted before `before`, when it was begun: they are not. */
export async function wronglyDeleted(
  client: pg.ClientBase,
  shopId: string,
  { operationId, before }: { operationId: string; before: string },
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT o.order_id::text FROM staging_ingest.shopify_orders_deleted AS o
     WHERE o.shop_id = $1 AND o.deleted_at < $3 AND ${IN_FILE}`,
    [shopId, operationId, before],
  );
  return rows.map(({ order_id }) => order_id);
}
