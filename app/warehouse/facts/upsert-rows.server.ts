import type pg from "pg";
import type { FactTable } from "./tables";

const statements = new Map<string, string>();

/**
 * Writes rows whose property names are column names in ONE statement; a row that exists is
 * replaced. A key must not come twice in `rows`. Identifiers come from the table constants alone.
 */
export async function upsertRows<Column extends string>(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable & { columns: Readonly<Record<Column, string>> },
  rows: ReadonlyArray<Record<Column, unknown>>,
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(upsertStatement(table), [shopId, JSON.stringify(rows)]);
}

function upsertStatement(table: FactTable): string {
  const known = statements.get(table.name);
  if (known) return known;
  const keys = [table.key].flat();
  const columns = Object.keys(table.columns);
  const typed = Object.entries(table.columns).map(([column, type]) => `"${column}" ${type}`);
  const names = columns.map((column) => `"${column}"`).join(", ");
  const replaced = columns
    .filter((column) => !keys.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  const statement = `
    INSERT INTO ${table.name} (shop_id, ${names})
    SELECT $1, ${names} FROM json_to_recordset($2::json) AS row(${typed.join(", ")})
    ON CONFLICT (shop_id, ${keys.join(", ")}) DO UPDATE SET ${replaced.join(", ")}`;
  statements.set(table.name, statement);
  return statement;
}

/**
 * Removes the children of `orderIds` that are not among `keptIds`: a line or a sale that Shopify
 * no longer names must not stay in the figures.
 */
export async function deleteVanished(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable & { key: string },
  orderIds: readonly string[],
  keptIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  await client.query(
    `DELETE FROM ${table.name}
     WHERE shop_id = $1 AND order_id = ANY ($2::bigint[]) AND ${table.key} <> ALL ($3::bigint[])`,
    [shopId, orderIds, keptIds],
  );
}
