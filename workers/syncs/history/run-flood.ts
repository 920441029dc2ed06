import { moveWatermark } from "~/sync/cursors.server";
import { assertLease } from "~/sync/leased-job.server";
import { noteDetailsReadTo } from "~/sync/pending-details.server";
import { deleteBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { clearMarksInFiles, countDirtyOrders } from "~/warehouse/staging/dirty-orders.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import { readDirtyOrders } from "../read-dirty-orders";
import { startBulk, waitForBulk } from "./bulk-steps";
import type { HistoryCheckpoint } from "./checkpoint";
import { loadFiles } from "./load-files";
import { rereadLedgers } from "./reread-ledgers";
import { runSteps } from "./run-history";
import { transformOrders } from "./transform-orders";
import { ordersOperations } from "./windows";

/** More than this by pages would take a Standard shop minutes of all its points; bulk costs none. */
export const MOST_BY_PAGES = 1_000;

const STEPS = {
  START: startBulk,
  FIRST_LIGHT: null,
  BULK_WAIT: waitForBulk,
  LOAD: loadFiles,
  TRANSFORM: transformOrders,
  REREAD: rereadLedgers,
  // What was deleted is not looked for, so there is nothing to count.
  COUNT_CHECK: null,
  ROLLUP: null,
  DONE: null,
};

/**
 * Reads everything that was updated since the checkpoint's window begins by bulk operations, on the
 * road of a history, and ends with the watermark moved and the marks taken away that its files
 * answered; `save` writes the next checkpoint into that last transaction.
 */
export async function readFlood(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  save: Parameters<typeof readDirtyOrders>[1],
): Promise<SyncBreak | undefined> {
  const { shopId } = context.job;
  const pause = await runSteps(context, checkpoint, STEPS, async () => {
    const marks = await transaction(context, (client) => countDirtyOrders(client, shopId));
    if (marks > MOST_BY_PAGES) return;
    await readDirtyOrders(context, (client) => assertLease(client, context.job));
  });
  if (pause) return pause;
  const { startedAt, transformed } = checkpoint;
  await transaction(context, async (client) => {
    await clearMarksInFiles(client, shopId, {
      operationIds: ordersOperations(checkpoint),
      before: startedAt,
    });
    await deleteBulkLines(client, shopId);
    await moveWatermark(client, shopId, "orders", new Date(startedAt));
    await noteDetailsReadTo(client, shopId, "0");
    await save(client, transformed);
  });
  return undefined;
}
