import { readOrderIds } from "~/connectors/shopify/order-ids.server";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { numericId } from "~/lib/shopify-ids";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { countStoredOrders, storedOrderIds } from "~/warehouse/reconciliation/stored-orders.server";
import { type SyncContext, transaction } from "../context";
import type { CreatedWindow, ReconcileCheckpoint } from "./checkpoint";
import { rereadOrders } from "./reread-orders";
import { countedWindow, halved, searchOf } from "./windows";

const TASK = "reconcile_counts";
/** Two windows' worth of counting costs more than reading so many ids. */
const SMALL_WINDOW = 250;
const BATCH = 50;

/**
 * Holds the number of stored orders against Shopify's. Where they differ, the time of creation is
 * halved until the orders in question are few enough to be named: those that are missing here are
 * read, those that Shopify no longer has are marked deleted.
 */
export async function checkCounts(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
): Promise<void> {
  const { job, admin, signal } = context;
  const { countTo, seesAllOrders } = checkpoint;
  const first = checkpoint.windows === null;
  const windows = checkpoint.windows ?? [countedWindow(countTo, seesAllOrders)];
  const window = windows.at(-1);
  if (!window) {
    const months = checkpoint.history !== null && checkpoint.method === "SHOPIFYQL";
    checkpoint.phase = months ? "MONTHS_AGAIN" : "FINISH";
    return;
  }
  const rest = windows.slice(0, -1);
  const counted = await createOrderReader(admin, TASK, signal).count(searchOf(window));
  const stored = await transaction(context, (client) =>
    countStoredOrders(client, job.shopId, window),
  );
  if (first) Object.assign(checkpoint, { ordersCounted: counted, ordersStored: stored });
  const halves = Math.max(counted, stored) > SMALL_WINDOW ? halved(window) : null;
  if (counted !== stored && halves === null) await nameOrders(context, checkpoint, window);
  checkpoint.windows = counted === stored || halves === null ? rest : [...rest, ...halves];
  await transaction(context, (client) => saveCheckpoint(client, job, checkpoint));
}

async function nameOrders(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
  window: CreatedWindow,
): Promise<void> {
  const { job, admin, signal } = context;
  const theirs = new Set<string>();
  let after: string | null = null;
  do {
    const page = await readOrderIds(admin, searchOf(window), { after, task: TASK, signal });
    for (const { gid } of page.heads) theirs.add(numericId(gid) ?? gid);
    after = page.endCursor;
  } while (after !== null);
  const ours = new Set(
    await transaction(context, (client) => storedOrderIds(client, job.shopId, window)),
  );
  const missing = [...theirs].filter((id) => !ours.has(id));
  const questionable = [...missing, ...[...ours].filter((id) => !theirs.has(id))];
  for (let start = 0; start < questionable.length; start += BATCH) {
    const batch = questionable.slice(start, start + BATCH);
    await rereadOrders(context, checkpoint, batch, { task: TASK, days: [] }, () => {
      checkpoint.ordersFound += batch.filter((id) => missing.includes(id)).length;
    });
  }
}
