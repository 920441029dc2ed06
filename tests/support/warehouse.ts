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
export async function derivedState(warehouse: TestWarehouse): Promise<string> {
  const tables: Array<[string, string]> = [
    ...FACT_TABLES.map(({ name, key }): [string, string] => [
      name,
      [key]
        .flat()
        .map((column) => `t."${column}"`)
        .join(", "),
    ]),
    ["reporting.daily_shopify_metrics", "t.day, t.currency"],
  ];
  const parts: string[] = [];
  for (const [table, order] of tables) {
    const found = await warehouse.rows(
      `SELECT to_jsonb(t) - 'updated_at' AS row FROM ${table} AS t ORDER BY ${order}`,
    );
    parts.push(`${table}: ${JSON.stringify(found)}`);
  }
  return parts.join("\n");
}
