import type pg from "pg";

/** The bulk files of all orders of a shop, loaded into `bulk_load.lines`, and what they surely hold. */
export interface OrdersFiles {
  operationIds: readonly string[];
  /** Of all of them: where fewer lines are stored, they say nothing about what is missing. */
  lines: number;
  /** They hold every order created from here (null: from the beginning) ... */
  from: Date | null;
  /** ... up to here. */
  to: Date;
}

const IN_FILE = `EXISTS (
  SELECT FROM bulk_load.lines AS line
  WHERE line.shop_id = $1 AND line.operation_id = ANY ($2::text[]) AND line.parent_id IS NULL
    AND line.id = 'gid://shopify/Order/' || o.order_id)`;

const VANISHED = `o.shop_id = $1 AND o.deleted_at IS NULL
  AND o.created_at < $4 AND ($3::timestamptz IS NULL OR o.created_at >= $3)
  AND (SELECT count(*) FROM bulk_load.lines AS line
    WHERE line.shop_id = $1 AND line.operation_id = ANY ($2::text[])) = $5
  AND NOT ${IN_FILE}`;

const valuesOf = (shopId: string, { operationIds, lines, from, to }: OrdersFiles) => [
  shopId,
  operationIds,
  from,
  to,
  lines,
];

/** Stored orders that the files should hold and do not (numeric ids): they were deleted in the shop. */
export async function vanishedOrders(
  client: pg.ClientBase,
  shopId: string,
  files: OrdersFiles,
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT o.order_id::text FROM core_warehouse.orders AS o WHERE ${VANISHED}`,
    valuesOf(shopId, files),
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
    [shopId, [operationId], before],
  );
  return rows.map(({ order_id }) => order_id);
}
