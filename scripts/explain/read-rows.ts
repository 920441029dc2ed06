import type pg from "pg";
import { z } from "zod";
import * as factTables from "~/warehouse/facts/tables";

/** A table of the warehouse with the SQL that reads a shop's rows of it as JSON texts. */
export interface ReadableTable {
  /** Without its schema: `orders`. */
  name: string;
  sql: string;
}

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
 * Every fact table of the one list and every rollup, with all their columns as the
 * catalogue names them: amounts and ids as strings, instants in UTC, days as YYYY-MM-DD.
 */
export async function readableTables(client: pg.ClientBase): Promise<ReadableTable[]> {
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
  return tables.map((name) =>
    readableTable(
      name,
      columns.filter(({ table }) => table === name),
    ),
  );
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

function readableTable(table: string, columns: z.infer<typeof columnsSchema>): ReadableTable {
  const shown = columns.filter(({ column }) => !OURS.has(column) && STAMPS[table] !== column);
  const keys = columns.filter(({ key }) => key).map(({ column }) => `t."${column}"`);
  return {
    name: table.slice(table.indexOf(".") + 1),
    sql: `SELECT row_to_json(shown)::text AS row FROM (
      SELECT ${shown.map(({ column, type }) => `${asJson(column, type)} AS "${column}"`).join(", ")}
      FROM ${table} AS t WHERE t.shop_id = $1 ORDER BY ${keys.join(", ")}
    ) AS shown`,
  };
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

const textRows = z.array(z.object({ row: z.string() }));

/** All rows of the shop as `{"table", "row"}` lines; nothing in them passes through a float. */
export async function readRows(
  client: pg.ClientBase,
  shopId: string,
  tables: readonly ReadableTable[],
): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, sql } of tables) {
    const { rows } = await client.query(sql, [shopId]);
    for (const { row } of textRows.parse(rows)) {
      lines.push(`{"table":${JSON.stringify(name)},"row":${row}}`);
    }
  }
  return lines;
}
