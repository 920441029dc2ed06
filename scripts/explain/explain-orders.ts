import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { createDatabase } from "~/lib/db.server";
import { type WorkerTenantDb, workerTenantDb } from "~/lib/tenant-db.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { readRows, rowsStatement } from "./read-rows";
import { withoutStandInIds, withStandInIds } from "./stand-in-ids";
import { createShop, SHOP_ID } from "./throwaway-shop";

/** The `{"table", "row"}` lines of one order, as if it were the only one of its shop. */
export type ExplainOrder = (order: RawOrder) => Promise<string[]>;

interface Options {
  urls: { admin: string; worker: string };
  currency: string | null;
  timezone: string;
}

/**
 * Hands `work` the way of an order through the pipeline's own code, with the worker's rights. Each
 * order is loaded, rolled up and read back in a transaction of which nothing stays: one payload
 * never shows in the rows of another, not even where both are the same order.
 */
export async function withExplainer(
  { urls, currency, timezone }: Options,
  work: (explain: ExplainOrder) => Promise<void>,
): Promise<void> {
  await createShop(urls, { currency, timezone });
  const database = createDatabase({
    url: urls.worker,
    poolSize: 1,
    applicationName: "merit-explain",
  });
  // The app's logger, which hears of lost connections, wants the environment of a whole app; here
  // the next query says it.
  database.pool.removeAllListeners("error").on("error", () => undefined);
  try {
    const db = workerTenantDb(database, SHOP_ID);
    const statement = await db.pgTx(rowsStatement);
    await work((order) => explainOrder(db, order, statement));
  } finally {
    await database.close();
  }
}

function explainOrder(db: WorkerTenantDb, order: RawOrder, statement: string): Promise<string[]> {
  return db.pgTx(async (client) => {
    await client.query("SAVEPOINT nothing_loaded");
    const { affectedDays } = await loadOrders(client, db.shopId, [withStandInIds(order)], "PAGE");
    await rollupDays(client, db.shopId, affectedDays);
    const lines = await readRows(client, db.shopId, statement);
    await client.query("ROLLBACK TO SAVEPOINT nothing_loaded");
    return lines.map(withoutStandInIds);
  });
}
