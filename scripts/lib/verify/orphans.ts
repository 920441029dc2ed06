import pg from "pg";
import { type Check, check } from "./report";

const RAW = "staging_ingest.shopify_orders_raw";
const ORDERS = "core_warehouse.orders";

/** Tables of core_warehouse that hold parts of orders, whichever there are. */
export async function orderParts(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'core_warehouse' AND column_name = 'order_id' AND table_name <> 'orders'
     ORDER BY 1`,
  );
  return rows.map(({ name }) => `core_warehouse.${pg.escapeIdentifier(name)}`);
}

/** Rows that lost what they belong to: facts without raw, raw without facts, parts without order. */
export async function orphans(client: pg.ClientBase, shopId: string): Promise<Check[]> {
  const checks = [
    check("orders without a raw document", await without(client, shopId, ORDERS, RAW)),
    check("raw documents without an order", await without(client, shopId, RAW, ORDERS)),
  ];
  for (const table of await orderParts(client)) {
    const name = table.replace("core_warehouse.", "").replaceAll('"', "");
    checks.push(check(`${name} without an order`, await without(client, shopId, table, ORDERS)));
  }
  return checks;
}

/** Orders that stand in one table and not in the other. Names come from the code or the catalogue. */
async function without(
  client: pg.ClientBase,
  shopId: string,
  table: string,
  parent: string,
): Promise<string[]> {
  const { rows } = await client.query<{ order_id: string }>(
    `SELECT DISTINCT child.order_id::text FROM ${table} AS child
     WHERE child.shop_id = $1 AND NOT EXISTS (
       SELECT FROM ${parent} AS parent
       WHERE parent.shop_id = child.shop_id AND parent.order_id = child.order_id)
     ORDER BY 1`,
    [shopId],
  );
  return rows.map(({ order_id }) => `order ${order_id}`);
}
