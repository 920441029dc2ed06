import type pg from "pg";
import type { FactTable } from "./fact-table";

type Row = Readonly<Record<string, unknown>>;

const upserts = new Map<string, string>();
const deletes = new Map<string, string>();

/**
 * Writes rows whose property names are column names in ONE statement; a row that exists is
 * replaced. A key must not come twice in `rows`. Identifiers come from the table constants alone.
 */
export async function upsertRows<Column extends string>(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable & { columns: Readonly<Record<Column, string>> },
  rows: ReadonlyArray<Readonly<Record<Column, unknown>>>,
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(remembered(upserts, table, upsertStatement), [
    shopId,
    JSON.stringify(rows.map(withoutNulls)),
  ]);
}

/**
 * Removes the children of `orderIds` that are not among `kept`: a line or a sale that Shopify no
 * longer names must not stay in the figures.
 */
export async function deleteVanished(
  client: pg.ClientBase,
  shopId: string,
  table: FactTable,
  orderIds: readonly string[],
  kept: readonly Row[],
): Promise<void> {
  if (orderIds.length === 0) return;
  const keys = keysOf(table);
  const keptKeys = kept.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])));
  await client.query(remembered(deletes, table, deleteStatement), [
    shopId,
    orderIds,
    JSON.stringify(keptKeys),
  ]);
}

/** An absent key is read as NULL, and the wide rows are mostly NULL: half of the text stays away. */
function withoutNulls(row: Row): Row {
  const held: Record<string, unknown> = {};
  for (const name in row) if (row[name] !== null) held[name] = row[name];
  return held;
}

function remembered(
  statements: Map<string, string>,
  table: FactTable,
  write: (table: FactTable) => string,
): string {
  const known = statements.get(table.name);
  if (known) return known;
  const statement = write(table);
  statements.set(table.name, statement);
  return statement;
}

const keysOf = ({ key }: FactTable): readonly string[] => (typeof key === "string" ? [key] : key);
const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

function upsertStatement(table: FactTable): string {
  const keys = keysOf(table);
  const columns = Object.keys(table.columns);
  const names = quoted(columns);
  const replaced = columns
    .filter((column) => !keys.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  return `
    INSERT INTO ${table.name} (shop_id, ${names})
    SELECT $1, ${names} FROM json_to_recordset($2::json) AS row(${typed(table, columns)})
    ON CONFLICT (shop_id, ${quoted(keys)}) DO UPDATE SET ${replaced.join(", ")}`;
}

function deleteStatement(table: FactTable): string {
  const keys = keysOf(table);
  const same = keys.map((key) => `kept."${key}" = stored."${key}"`).join(" AND ");
  return `
    DELETE FROM ${table.name} AS stored
    WHERE shop_id = $1 AND order_id = ANY ($2::bigint[]) AND NOT EXISTS (
      SELECT FROM json_to_recordset($3::json) AS kept(${typed(table, keys)}) WHERE ${same})`;
}

function typed(table: FactTable, columns: readonly string[]): string {
  return columns.map((column) => `"${column}" ${table.columns[column]}`).join(", ");
}
