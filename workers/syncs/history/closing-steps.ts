import { createOrderReader } from "~/connectors/shopify/orders.server";
import { DefectError } from "~/lib/errors";
import { moveWatermark } from "~/sync/cursors.server";
import { succeedJob } from "~/sync/job-endings.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { completeHistory, readsWholeHistory } from "~/sync/shop-history.server";
import { countOrdersCreatedBefore } from "~/warehouse/facts/count-orders.server";
import { refreshStatistics } from "~/warehouse/refresh-statistics.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { deleteBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import { createdBefore } from "./bulk-steps";
import type { HistoryCheckpoint } from "./checkpoint";

/** Shopify's search lags behind its writes, and it counts again before a difference is believed. */
const OVERLAP_MS = 10 * 60_000;
const RECOUNT_MS = 5_000;
/** What Shopify shows of a shop's orders without read_all_orders. */
const VISIBLE_DAYS_MS = 60 * 86_400_000;

/** Every day anew, now that first orders are known to be first. */
export async function rollUp(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<undefined> {
  const { job, progress } = context;
  progress.show({ phase: "ROLLUP", done: checkpoint.transformed, total: checkpoint.expected });
  checkpoint.phase = "COUNT_CHECK";
  await transaction(context, refreshStatistics);
  await transaction(context, async (client) => {
    const wholeHistory = await readsWholeHistory(client, job.shopId);
    await rollupDays(client, job.shopId, "all", { wholeHistory });
    await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  });
}

/**
 * Holds what is stored against what Shopify counts. Fewer stored than counted, twice in a row, is
 * a failure; more is not, since orders may have been deleted since they were read.
 */
export async function checkCounts(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  const { job, admin, signal, log } = context;
  const reported = await createOrderReader(admin, "count_check", signal).count(
    createdBefore(checkpoint),
  );
  const stored = await transaction(context, (client) =>
    countOrdersCreatedBefore(client, job.shopId, checkpoint.startedAt),
  );
  if (stored > reported) log.warn({ stored, reported }, "More orders are stored than Shopify has");
  if (stored >= reported) {
    checkpoint.phase = "DONE";
    return undefined;
  }
  checkpoint.countChecks += 1;
  if (checkpoint.countChecks > 1) {
    throw new DefectError(`Shopify counts ${reported} orders, ${stored} are stored.`, {
      code: "COUNT_MISMATCH",
      task: "count_check",
    });
  }
  await transaction(context, (client) => saveCheckpoint(client, job, checkpoint));
  return { kind: "wait", ms: RECOUNT_MS };
}

/** The end: complete history, cursor and SUCCEEDED in one transaction. */
export async function finish(context: SyncContext, checkpoint: HistoryCheckpoint): Promise<void> {
  const { job, log } = context;
  const watermark = new Date(Date.parse(checkpoint.startedAt) - OVERLAP_MS);
  await transaction(context, async (client) => {
    const whole = await readsWholeHistory(client, job.shopId);
    if (!whole) log.warn("Without read_all_orders only the last 60 days of orders are seen");
    await deleteBulkLines(client, job.shopId);
    const visibleSince = new Date(Date.parse(checkpoint.startedAt) - VISIBLE_DAYS_MS);
    await completeHistory(client, job.shopId, whole ? null : visibleSince);
    const detail = { history: whole ? "whole" : "last_60_days" };
    await moveWatermark(client, job.shopId, "orders", watermark, detail);
    await succeedJob(client, job);
  });
}
