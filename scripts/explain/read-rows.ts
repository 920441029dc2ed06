import type pg from "pg";
import { z } from "zod";
import * as factTables from "~/warehouse/facts/tables";

const columnsSchema = z.array(
  z.object({ table: z.string(), column: z.string(), type: z.string(), key: z.boolean() }),
);

/**
 * Set by the warehouse and not by the payload: the shop is the throwaway one, and a rollup's
 * `updated_at` the moment at which it was made.
 */
const OURS = new Set(["shop_id"]);
const STAMPS: Readonly<Record<string, string>> = {
  "reporting.daily_shopify_metrics": "updated_at",
};

/**
 * The statement that reads a shop's rows of every fact table and every rollup as `{"table", "row"}`
 * lines: all their columns as the catalogue names them, amounts and ids as strings, instants in
 * UTC, days as YYYY-MM-DD. Nothing in them passes through a float.
 */
export async function rowsStatement(client: pg.ClientBase): Promise<string> {
  const facts = factTableNames();
  const { rows } = await client.query(
    `SELECT format('%s.%s', n.nspname, c.relname) AS "table", a.attname AS "column",
       format_type(a.atttypid, NULL) AS type,
       a.attnum = ANY (coalesce(i.indkey::int2[], '{}')) AS key
     FROM pg_class AS c
     JOIN pg_namespace AS n ON n.oid = c.relnamespace
     JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
     WHERE c.relkind IN ('r', 'p')
       AND (n.nspname = 'reporting' OR format('%s.%s', n.nspname, c.relname) = ANY ($1))
     ORDER BY array_position($1, format('%s.%s', n.nspname, c.relname)), c.relname, a.attnum`,
    [facts],
  );
  const columns = columnsSchema.parse(rows);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const parts = tables.map((name, part) =>
    linesOf(
      name,
      part,
      columns.filter(({ table }) => table === name),
    ),
  );
  return `${parts.join(" UNION ALL ")} ORDER BY part, place`;
}

/** The tables of app/warehouse/facts/tables.ts, the orders first. */
function factTableNames(): string[] {
  return [...new Set([factTables.ORDERS.name, ...tablesIn({ ...factTables })])];
}

/** Tables stand there by themselves, in lists and under names. */
function tablesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("columns" in value && "name" in value) return [String(value.name)];
  return Object.values(value).flatMap(tablesIn);
}

function linesOf(table: string, part: number, columns: z.infer<typeof columnsSchema>): string {
  const shown = columns
    .filter(({ column }) => !OURS.has(column) && STAMPS[table] !== column)
    .map(({ column, type }) => `${asJson(column, type)} AS "${column}"`);
  const keys = columns.filter(({ key }) => key).map(({ column }) => `t."${column}"`);
  const name = JSON.stringify(table.slice(table.indexOf(".") + 1));
  return `SELECT ${part} AS part, row_number() OVER (ORDER BY ${keys.join(", ")}) AS place,
      '{"table":${name},"row":' || row_to_json(shown) || '}' AS line
    FROM ${table} AS t CROSS JOIN LATERAL (SELECT ${shown.join(", ")}) AS shown
    WHERE t.shop_id = $1`;
}

/** What JSON would hold as a number that readers round is given as text. */
function asJson(column: string, type: string): string {
  const value = `t."${column}"`;
  switch (type) {
    case "numeric":
    case "bigint":
    case "date":
      return `${value}::text`;
    case "numeric[]":
    case "bigint[]":
      return `${value}::text[]`;
    case "timestamp with time zone":
      return `to_json(${value} AT TIME ZONE 'UTC') #>> '{}' || 'Z'`;
    case "bytea":
      return `encode(${value}, 'hex')`;
    default:
      return value;
  }
}

const linesSchema = z.array(z.object({ line: z.string() }));

/** What the statement reads for a shop, table by table; it is planned once per connection. */
export async function readRows(
  client: pg.ClientBase,
  shopId: string,
  statement: string,
): Promise<string[]> {
  const { rows } = await client.query({ name: "explain", text: statement, values: [shopId] });
  return linesSchema.parse(rows).map(({ line }) => line);
}
