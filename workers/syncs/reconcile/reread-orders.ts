import { numericId, orderGid } from "~/lib/shopify-ids";
import type { Day } from "~/lib/time";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { markOrdersDeleted } from "~/warehouse/mark-orders-deleted.server";
import { storedOrders } from "~/warehouse/reconciliation/stored-orders.server";
import { repairOrders } from "~/warehouse/repair-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { type SyncContext, transaction } from "../context";
import { shopOrderReader } from "../order-reader";
import type { ReconcileCheckpoint } from "./checkpoint";
import { deletedAmong } from "./deleted-among";

interface Reread {
  task: string;
  /** Rolled up in any case: a rollup may be wrong where every order is right. */
  days: readonly Day[];
}

/**
 * Reads orders whole by id and makes their facts and days anew; those that Shopify does not know
 * any more are marked deleted. Commits once, together with the checkpoint as `then` leaves it.
 */
export async function rereadOrders(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
  orderIds: readonly string[],
  { task, days }: Reread,
  then: () => void,
): Promise<void> {
  const { job, progress, now, log } = context;
  const reader = await shopOrderReader(context, task);
  const documents = await reader.byId(orderIds.map(orderGid));
  const found = new Set(documents.map(({ id }) => numericId(String(id))));
  const unknown = orderIds.filter((id) => !found.has(id));
  await transaction(context, async (client) => {
    const known = await storedOrders(client, job.shopId, unknown);
    const deleted = deletedAmong(known, checkpoint.seesAllOrders, now());
    if (deleted.length > 0) log.info({ orders: deleted.length }, "Orders are gone from Shopify");
    const repaired = await repairOrders(client, job.shopId, documents);
    const emptied = await markOrdersDeleted(client, job.shopId, deleted, now());
    await rollupDays(client, job.shopId, [...new Set([...days, ...repaired, ...emptied])]);
    checkpoint.ordersReread += documents.length;
    checkpoint.ordersDeleted += deleted.length;
    then();
    progress.show({ phase: "RECONCILE", recordsSynced: checkpoint.ordersReread });
    await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  });
}
