import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { type FactTable, ORDER_CHILDREN, ORDERS } from "~/warehouse/facts/tables";
import { type OrderFacts, transformOrder } from "~/warehouse/transforms/transform-order";
import { type Check, check } from "./report";

const CHUNK = 500;

type Rows = ReadonlyArray<object> | null;
interface Raw {
  orderId: string;
  facts: OrderFacts;
  hash: string;
}

type ChildName = keyof typeof ORDER_CHILDREN;
const CHILDREN = Object.keys(ORDER_CHILDREN) as ChildName[];

/** The rows as they are stored: a payment that does not say that it is a test is none. */
function rowsOfChild(name: ChildName): (raw: Raw) => Rows {
  if (name !== "transactions") return ({ facts }) => facts[name];
  return ({ facts }) =>
    facts.transactions?.map((row) => ({ ...row, test: row.test ?? false })) ?? null;
}

/** Each table with the rows that an order's document makes for it; null: the document is silent. */
const TABLES: ReadonlyArray<readonly [FactTable, (raw: Raw) => Rows]> = [
  [
    ORDERS,
    ({ facts, hash }) => [
      { ...facts.order, test: facts.order.test ?? false, payload_hash: `\\x${hash}` },
    ],
  ],
  ...CHILDREN.map((name) => [ORDER_CHILDREN[name], rowsOfChild(name)] as const),
];

/** The stored facts, row by row and column by column, against those that the raw documents make. */
export async function factsAgainstRaw(client: pg.ClientBase, shopId: string): Promise<Check[]> {
  const wrong = new Map(TABLES.map(([table]) => [table.name, [] as string[]]));
  let last = "0";
  for (;;) {
    const { rows } = await client.query<{ order_id: string; payload: RawOrder; hash: string }>(
      `SELECT raw.order_id::text, payload, encode(payload_hash, 'hex') AS hash
       FROM staging_ingest.shopify_orders_raw AS raw
       WHERE shop_id = $1 AND order_id > $2 ORDER BY raw.order_id LIMIT ${CHUNK}`,
      [shopId, last],
    );
    const newest = rows.at(-1);
    if (!newest) break;
    last = newest.order_id;
    const chunk = rows.map(({ order_id, payload, hash }) => ({
      orderId: order_id,
      facts: transformOrder(payload),
      hash,
    }));
    for (const [table, rowsOf] of TABLES) {
      wrong.get(table.name)?.push(...(await compareTable(client, shopId, table, chunk, rowsOf)));
    }
  }
  return TABLES.map(([{ name }]) => check(`${name} against raw`, wrong.get(name) ?? []));
}

async function compareTable(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable,
  chunk: readonly Raw[],
  rowsOf: (raw: Raw) => Rows,
): Promise<string[]> {
  const fresh: object[] = [];
  const orderIds: string[] = [];
  for (const raw of chunk) {
    const rows = rowsOf(raw);
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
