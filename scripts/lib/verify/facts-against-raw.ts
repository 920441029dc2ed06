import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { DETAIL_CHILDREN, type FactTable, ORDER_CHILDREN, ORDERS } from "~/warehouse/facts/tables";
import { factsOfOrders } from "~/warehouse/facts-of-orders.server";
import type { StagedOrder } from "~/warehouse/staging/stage-documents.server";
import type { DetailFacts } from "~/warehouse/transforms/detail-rows";
import { type OrderOwnFacts, transformDetails } from "~/warehouse/transforms/transform-order";
import { type Check, check } from "./report";

const CHUNK = 500;

type Rows = ReadonlyArray<object> | null;
/** A table with the rows that each document of a chunk makes for it; null: the document is silent. */
type Source<Facts> = readonly [FactTable, (facts: Facts & { hash: string }) => Rows];

const OWN: ReadonlyArray<Source<OrderOwnFacts>> = [
  [
    ORDERS,
    ({ order, hash }) => [{ ...order, test: order.test ?? false, payload_hash: `\\x${hash}` }],
  ],
  ...keysOf(ORDER_CHILDREN).map(
    (name) =>
      [
        ORDER_CHILDREN[name],
        (facts) => (name === "transactions" ? tested(facts[name]) : facts[name]),
      ] as Source<OrderOwnFacts>,
  ),
];
const DETAILS = keysOf(DETAIL_CHILDREN).map(
  (name) => [DETAIL_CHILDREN[name], (facts) => facts[name]] as Source<DetailFacts>,
);

/** Whether a payment is a test must be known: one that does not say so is none. */
function tested(rows: OrderOwnFacts["transactions"]): Rows {
  return rows?.map((row) => ({ ...row, test: row.test ?? false })) ?? null;
}

function keysOf<T extends object>(of: T): Array<keyof T> {
  return Object.keys(of) as Array<keyof T>;
}

/** The stored facts, row by row and column by column, against those that the raw documents make. */
export async function factsAgainstRaw(client: pg.ClientBase, shopId: string): Promise<Check[]> {
  return [
    ...(await compare(client, shopId, "shopify_orders_raw", OWN, (orders) =>
      factsOfOrders(client, shopId, orders),
    )),
    ...(await compare(client, shopId, "shopify_order_details_raw", DETAILS, async (orders) =>
      orders.map(({ document }) => transformDetails(document)),
    )),
  ];
}

async function compare<Facts>(
  client: pg.ClientBase,
  shopId: string,
  staging: string,
  sources: ReadonlyArray<Source<Facts>>,
  transform: (orders: readonly StagedOrder[]) => Promise<readonly Facts[]>,
): Promise<Check[]> {
  const wrong = new Map(sources.map(([{ name }]) => [name, [] as string[]]));
  for (let last = "0"; ; ) {
    const { rows } = await client.query<{ order_id: string; payload: RawOrder; hash: Buffer }>(
      `SELECT raw.order_id::text, payload, payload_hash AS hash
       FROM staging_ingest.${staging} AS raw
       WHERE shop_id = $1 AND order_id > $2 ORDER BY raw.order_id LIMIT ${CHUNK}`,
      [shopId, last],
    );
    const newest = rows.at(-1);
    if (!newest) break;
    last = newest.order_id;
    const orders = rows.map(({ order_id, payload, hash }) => ({
      orderId: order_id,
      document: payload,
      hash,
    }));
    const chunk = (await transform(orders)).map((facts, index) => ({
      orderId: orders[index]?.orderId ?? "",
      facts: { ...facts, hash: orders[index]?.hash.toString("hex") ?? "" },
    }));
    for (const [table, rowsOf] of sources) {
      wrong.get(table.name)?.push(...(await compareTable(client, shopId, table, chunk, rowsOf)));
    }
  }
  return sources.map(([{ name }]) => check(`${name} against raw`, wrong.get(name) ?? []));
}

async function compareTable<Facts>(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable,
  chunk: ReadonlyArray<{ orderId: string; facts: Facts }>,
  rowsOf: (facts: Facts) => Rows,
): Promise<string[]> {
  const fresh: object[] = [];
  const orderIds: string[] = [];
  for (const raw of chunk) {
    const rows = rowsOf(raw.facts);
    if (rows === null) continue;
    orderIds.push(raw.orderId);
    fresh.push(...rows);
  }
  const { rows } = await client.query<{ key: string; in_raw: boolean; off: string[] | null }>(
    comparison(table),
    [shopId, JSON.stringify(fresh), orderIds],
  );
  return rows.map(({ key, in_raw, off }) => {
    if (off !== null) return `${key}: ${off.join(", ")}`;
    return in_raw ? `${key} is missing` : `${key} is in no raw document`;
  });
}

/** `off` names the columns that differ; null where one side has no such row. */
function comparison(table: FactTable): string {
  const keys = [table.key].flat();
  const columns = Object.entries(table.columns);
  const typed = columns.map(([name, type]) => `"${name}" ${type}`).join(", ");
  const different = columns.map(
    ([name]) => `CASE WHEN fresh."${name}" IS DISTINCT FROM stored."${name}" THEN '${name}' END`,
  );
  return `
    SELECT concat_ws('/', ${keys.join(", ")}) AS key, fresh.here IS NOT NULL AS in_raw,
      CASE WHEN fresh.here AND stored.here THEN off.columns END AS off
    FROM (SELECT *, true AS here FROM json_to_recordset($2::json) AS row(${typed})) AS fresh
    FULL JOIN (
      SELECT *, true AS here FROM ${table.name}
      WHERE shop_id = $1 AND order_id = ANY ($3::bigint[])
    ) AS stored USING (${keys.join(", ")})
    CROSS JOIN LATERAL (SELECT array_remove(ARRAY[${different.join(", ")}], NULL) AS columns) AS off
    WHERE fresh.here IS NULL OR stored.here IS NULL OR cardinality(off.columns) > 0
    ORDER BY 1`;
}
