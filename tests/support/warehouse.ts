import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { FACT_TABLES } from "~/warehouse/facts/tables";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { createTestDatabase, seedShop, type TestDatabase } from "../harness/database";

export const SHOP = "warehouse-test.myshopify.com";

export const RAW_TABLES = [
  "staging_ingest.shopify_orders_raw",
  "staging_ingest.shopify_order_details_raw",
];
/** Every table that can be made anew from staging, for a TRUNCATE. */
export const DERIVED_TABLES = [
  ...FACT_TABLES.map(({ name }) => name),
  "reporting.daily_shopify_metrics",
].join(", ");

export interface TestWarehouse {
  database: TestDatabase;
  db: WorkerTenantDb;
  /** Loads documents and rolls their days up, as the syncs do. */
  load(documents: readonly RawOrder[]): Promise<string[]>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  /** The rollup of a day as plain decimal strings and numbers; null when there is none. */
  day(day: string): Promise<Record<string, unknown> | null>;
  clear(): Promise<void>;
}

/** A shop in Berlin, in EUR, with a whole history, on a database of its own. */
export async function createTestWarehouse(zone = "Europe/Berlin"): Promise<TestWarehouse> {
  const database = await createTestDatabase();
  await seedShop(database, SHOP, { zone });
  await database.admin.query(
    "UPDATE app_dashboard.shops SET history_complete_at = now(), scopes = 'read_orders,read_all_orders'",
  );
  const db = workerTenantDb(database.worker, SHOP);
  const rows = async (sql: string) => (await database.admin.query(sql)).rows;
  return {
    database,
    db,
    rows,
    load: (documents) =>
      db.pgTx(async (client) => {
        const { affectedDays } = await loadOrders(client, SHOP, documents, "PAGE");
        await rollupDays(client, SHOP, affectedDays);
        return affectedDays;
      }),
    async day(day) {
      const found = await rows(
        `SELECT * FROM reporting.daily_shopify_metrics WHERE day = '${day}'`,
      );
      return found[0] ?? null;
    },
    async clear() {
      await database.admin.query(`TRUNCATE ${RAW_TABLES.join(", ")}, ${DERIVED_TABLES}`);
    },
  };
}

/** Everything derived from staging, in a fixed order, for comparing two states. */
export async function derivedState({ rows }: Pick<TestWarehouse, "rows">): Promise<string> {
  const parts: string[] = [];
  for (const [table, order] of ORDERED_TABLES) {
    const found = await rows(`SELECT ${rowOf(table)} AS row FROM ${table} AS t ORDER BY ${order}`);
    parts.push(`${table}: ${JSON.stringify(found)}`);
  }
  return parts.join("\n");
}

/**
 * The same by table, without what belongs to orders that Shopify deleted: a database that knew such
 * an order keeps its rows, marked, and one that was filled later never had them. Without the
 * document's hash too: the document holds its customer as they were when it was read (how many
 * orders they have placed by then, say), which no column of an order is made from.
 */
export async function livingState({
  database,
}: Pick<TestWarehouse, "database">): Promise<LivingState> {
  const state: LivingState = new Map();
  for (const [table, order] of ORDERED_TABLES) {
    const living = table === ROLLUP ? "" : `WHERE t.order_id NOT IN (${DELETED})`;
    const { rows } = await database.admin.query<{ row: string }>(
      `SELECT (${rowOf(table)} - 'payload_hash')::text AS row FROM ${table} AS t ${living} ORDER BY ${order}`,
    );
    const found = rows.map(({ row }) => row);
    state.set(table, found);
  }
  return state;
}

/** Every table's rows, as text. */
export type LivingState = Map<string, string[]>;

/** Rows that stand in one state alone, by table, a few of each: nothing where the two are equal. */
export function differences(one: LivingState, other: LivingState): Record<string, object> {
  const found: Record<string, object> = {};
  for (const table of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(table) ?? [], other.get(table) ?? []];
    const [inA, inB] = [new Set(a), new Set(b)];
    const only = a.filter((row) => !inB.has(row));
    const missing = b.filter((row) => !inA.has(row));
    if (only.length + missing.length === 0 && a.length === b.length) continue;
    const counts = { rows: a.length, of: b.length, only: only.length, missing: missing.length };
    found[table] = { ...counts, example: unlike(only[0], missing[0]) };
  }
  return found;
}

/** What two rows do not share, by column. */
function unlike(one = "{}", other = "{}"): object {
  const [a, b]: Record<string, unknown>[] = [JSON.parse(one), JSON.parse(other)];
  const columns = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
  const pairs = [...columns].map((column) => [column, [a?.[column], b?.[column]]] as const);
  return Object.fromEntries(pairs.filter(([, [x, y]]) => JSON.stringify(x) !== JSON.stringify(y)));
}

const ROLLUP = "reporting.daily_shopify_metrics";
const DELETED = "SELECT order_id FROM core_warehouse.orders WHERE deleted_at IS NOT NULL";

const ORDERED_TABLES: readonly [table: string, order: string][] = [
  ...FACT_TABLES.map(({ name, key }): [string, string] => [
    name,
    [key]
      .flat()
      .map((column) => `t."${column}"`)
      .join(", "),
  ]),
  [ROLLUP, "t.day, t.currency"],
];

/** A rollup's `updated_at` says when it was written; an order's is Shopify's own. */
function rowOf(table: string): string {
  return table === ROLLUP ? "to_jsonb(t) - 'updated_at'" : "to_jsonb(t)";
}
