import type pg from "pg";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { DefectError, RetryableError } from "~/lib/errors";
import { moveWatermark } from "~/sync/cursors.server";
import { succeedJob } from "~/sync/job-endings.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { noteDetailsReadTo } from "~/sync/pending-details.server";
import { completeHistory, readsWholeHistory } from "~/sync/shop-history.server";
import { countOrdersCreatedBefore } from "~/warehouse/facts/count-orders.server";
import { type OrdersFiles, vanishedOrders } from "~/warehouse/facts/vanished-orders.server";
import { markOrdersDeleted } from "~/warehouse/mark-orders-deleted.server";
import { refreshStatistics } from "~/warehouse/refresh-statistics.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { deleteBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import { createdBefore } from "./bulk-steps";
import type { HistoryCheckpoint } from "./checkpoint";
import { save } from "./operations";
import { assertLoaded } from "./transform-orders";
import { ordersOfFinished, ordersOperations, restartAll } from "./windows";

/** Shopify's search lags behind its writes, and it counts again before a difference is believed. */
const OVERLAP_MS = 10 * 60_000;
const RECOUNT_MS = 5_000;
const DAY_MS = 86_400_000;
/** What Shopify shows of a shop's orders without read_all_orders. */
const VISIBLE_MS = 60 * DAY_MS;

/**
 * Holds what is to stand against what Shopify counts, before any figure is made of it. Fewer than
 * counted, twice in a row: everything is read anew, once, and then it is a failure; more is not, since orders may have been deleted since they
 * were read.
 */
export async function checkCounts(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  const { job, admin, signal, progress, log } = context;
  progress.show({ phase: "COUNT_CHECK", done: checkpoint.transformed, total: checkpoint.expected });
  await assertLoaded(context, checkpoint);
  const reported = await createOrderReader(admin, "count_check", signal).count(
    createdBefore(checkpoint),
  );
  const kept = await transaction(context, async (client) => {
    const files = await ordersFiles(client, job.shopId, checkpoint);
    const stored = await countOrdersCreatedBefore(client, job.shopId, checkpoint.startedAt);
    const vanished = files ? await vanishedOrders(client, job.shopId, files) : [];
    return stored - vanished.length;
  });
  if (kept > reported) log.warn({ kept, reported }, "More orders are stored than Shopify has");
  checkpoint.countChecks += 1;
  if (kept < reported && checkpoint.countChecks > 1) {
    const said = `Shopify counts ${reported} orders, ${kept} are stored.`;
    const about = { code: "COUNT_MISMATCH", task: "count_check" };
    if (checkpoint.restarts > 0) throw new DefectError(said, about);
    checkpoint.restarts += 1;
    restartAll(checkpoint);
    await save(context, checkpoint);
    throw new RetryableError(`${said} They are read anew.`, about);
  }
  if (kept >= reported) checkpoint.phase = "ROLLUP";
  await transaction(context, (client) =>
    saveCheckpoint(client, job, checkpoint, progress.current()),
  );
  return kept < reported ? { kind: "wait", ms: RECOUNT_MS } : undefined;
}

/**
 * The end, in one transaction: orders that the shop no longer has are marked, every day is rolled up
 * anew, now that first orders are known to be first, history and cursor are complete and the job has
 * SUCCEEDED. Until it commits, a rebuild is served the old figures.
 */
export async function rollUp(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<undefined> {
  const { job, progress, log } = context;
  progress.show({ phase: "ROLLUP", done: checkpoint.transformed, total: checkpoint.expected });
  await assertLoaded(context, checkpoint);
  await transaction(context, refreshStatistics);
  const watermark = new Date(Date.parse(checkpoint.startedAt) - OVERLAP_MS);
  await transaction(context, async (client) => {
    const since = await visibleSince(client, job.shopId, checkpoint);
    if (since) log.warn("Without read_all_orders only the last 60 days of orders are seen");
    const files = await ordersFiles(client, job.shopId, checkpoint);
    const vanished = files ? await vanishedOrders(client, job.shopId, files) : [];
    if (vanished.length > 0) {
      log.info({ vanished: vanished.length }, "Stored orders are no longer in the shop");
    }
    await markOrdersDeleted(client, job.shopId, vanished, context.now());
    await rollupDays(client, job.shopId, "all", { wholeHistory: since === null });
    await deleteBulkLines(client, job.shopId);
    await completeHistory(client, job.shopId, since);
    const detail = { history: since ? "last_60_days" : "whole" };
    await moveWatermark(client, job.shopId, "orders", watermark, detail);
    // No figure is made of details: the incrementals bring them, slice by slice.
    await noteDetailsReadTo(client, job.shopId, "0");
    await succeedJob(client, job);
  });
  checkpoint.phase = "DONE";
}

/** From when on Shopify shows the app orders; null: from the first. */
async function visibleSince(
  client: pg.ClientBase,
  shopId: string,
  { startedAt }: HistoryCheckpoint,
): Promise<Date | null> {
  const whole = await readsWholeHistory(client, shopId);
  return whole ? null : new Date(Date.parse(startedAt) - VISIBLE_MS);
}

/**
 * The loaded orders files of all windows, and which orders they would hold if they were still in the
 * shop: not the youngest, which Shopify's search may not have known yet, nor those that left the
 * visible days while they were made.
 */
async function ordersFiles(
  client: pg.ClientBase,
  shopId: string,
  checkpoint: HistoryCheckpoint,
): Promise<OrdersFiles | null> {
  const { id, lines } = checkpoint.orders;
  if (id === null || lines === null) return null;
  const since = await visibleSince(client, shopId, checkpoint);
  return {
    operationIds: ordersOperations(checkpoint),
    lines: ordersOfFinished(checkpoint) + lines,
    from: since && new Date(since.getTime() + DAY_MS),
    to: new Date(Date.parse(checkpoint.startedAt) - OVERLAP_MS),
  };
}
