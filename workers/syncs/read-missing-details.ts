import type pg from "pg";
import { createOrderDetailsReader } from "~/connectors/shopify/order-details.server";
import { orderGid } from "~/lib/shopify-ids";
import { detailsReadTo, noteDetailsReadTo } from "~/sync/pending-details.server";
import { ordersWithoutDetails } from "~/warehouse/facts/orders-without-details.server";
import { loadOrderDetails } from "~/warehouse/load-orders.server";
import { type SyncBreak, type SyncContext, transaction } from "./context";
import { readDirtyOrders } from "./read-dirty-orders";

const BATCH = 50;
/** Some minutes at the pace of a Standard shop: for longer, the window of updates must not wait. */
const MOST_AT_ONCE = 1_000;

/** How many orders this job has read the details of; part of its checkpoint. */
interface Slice {
  details: number;
}

/**
 * Reads the details that a history left out (a bulk query does not reach them) of the next orders
 * that have any: a slice, so that a shop of a million orders still gets its updates, and what
 * webhooks name comes between two batches. Every order is asked for once after a history: one that
 * Shopify no longer knows does not keep the others waiting. `save` ends each batch's transaction
 * with the checkpoint, and makes sure of the lease.
 */
export async function readMissingDetails(
  context: SyncContext,
  slice: Slice,
  save: (client: pg.ClientBase) => Promise<void>,
): Promise<SyncBreak | undefined> {
  const { job, admin, signal, progress } = context;
  const { shopId } = job;
  const read = createOrderDetailsReader(admin, { task: "order_details", signal });
  while (slice.details < MOST_AT_ONCE) {
    const next = await transaction(context, async (client) => {
      const after = await detailsReadTo(client, shopId);
      return after === null ? null : ordersWithoutDetails(client, shopId, after, BATCH);
    });
    if (next === null) return undefined;
    const last = next.at(-1) ?? null;
    progress.show({ phase: "DETAILS", done: slice.details, total: null });
    const documents = await read(next.map(orderGid));
    slice.details += next.length;
    progress.show({ phase: "DETAILS", done: slice.details, total: null });
    await transaction(context, async (client) => {
      await loadOrderDetails(client, shopId, documents);
      await noteDetailsReadTo(client, shopId, last);
      await save(client);
    });
    await readDirtyOrders(context, save);
    if (context.turnIsOver()) return { kind: "yield" };
  }
  return undefined;
}
