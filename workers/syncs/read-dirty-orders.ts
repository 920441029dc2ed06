import type pg from "pg";
import type { OrderReader } from "~/connectors/shopify/orders.server";
import { orderGid } from "~/lib/shopify-ids";
import { readsWholeHistory } from "~/sync/shop-history.server";
import { storedOrders } from "~/warehouse/facts/stored-orders.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { markOrdersDeleted, reviveOrders } from "~/warehouse/mark-orders-deleted.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import {
  clearDirtyOrders,
  type DirtyOrder,
  dirtyOrders,
} from "~/warehouse/staging/dirty-orders.server";
import { requireId } from "~/warehouse/transforms/require-id";
import { type SyncContext, transaction } from "./context";
import { shopOrderReader } from "./order-reader";

const BATCH = 50;

/**
 * Reads again every order that a webhook named, through the same fields as every other road, until
 * no mark is left. An order that Shopify no longer knows is noted as deleted. `save` ends each
 * batch's transaction: it must make sure of the lease. Answers how many orders were read.
 */
export async function readDirtyOrders(
  context: SyncContext,
  save: (client: pg.ClientBase, read: number) => Promise<void>,
): Promise<number> {
  const { job } = context;
  let reader: OrderReader | undefined;
  let read = 0;
  for (;;) {
    const batch = await transaction(context, (client) => dirtyOrders(client, job.shopId, BATCH));
    if (batch.length === 0) return read;
    // Asked for between any two steps, and mostly there is nothing.
    reader ??= await shopOrderReader(context, "live");
    const asked = batch.filter(({ deleted }) => !deleted);
    const orders = await reader.byId(asked.map(({ orderId }) => orderGid(orderId)));
    const found = orders.map(({ id }) => requireId(String(id)));
    read += orders.length;
    await transaction(context, async (client) => {
      const { affectedDays } = await loadOrders(client, job.shopId, orders, "PAGE");
      const back = await reviveOrders(client, job.shopId, found);
      const gone = await goneOf(client, job.shopId, batch, found);
      const left = await markOrdersDeleted(client, job.shopId, gone, context.now());
      await rollupDays(client, job.shopId, [...new Set([...affectedDays, ...back, ...left])]);
      await clearDirtyOrders(client, job.shopId, batch);
      await save(client, read);
    });
  }
}

/**
 * Which of the batch Shopify deleted: those that it said so of, and those that were here and that it
 * does not find. An order that is not here yet may just be too young to be found. Without
 * read_all_orders it hides orders of more than 60 days too, so not finding proves nothing.
 */
async function goneOf(
  client: pg.ClientBase,
  shopId: string,
  batch: readonly DirtyOrder[],
  found: readonly string[],
): Promise<string[]> {
  const told = batch.filter(({ deleted }) => deleted).map(({ orderId }) => orderId);
  if (!(await readsWholeHistory(client, shopId))) return told;
  const known = new Set([...found, ...told]);
  const missing = batch.map(({ orderId }) => orderId).filter((id) => !known.has(id));
  return [...told, ...(await storedOrders(client, shopId, missing))];
}
