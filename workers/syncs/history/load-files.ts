import { bulkIsComplete, pollBulk } from "~/connectors/shopify/bulk.server";
import { downloadBulkLines } from "~/connectors/shopify/bulk-download.server";
import { MeritError, RetryableError } from "~/lib/errors";
import { assertLease, saveCheckpoint } from "~/sync/leased-job.server";
import { refreshStatistics } from "~/warehouse/refresh-statistics.server";
import { copyBulkLines, countBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { type SyncContext, transaction } from "../context";
import type { HistoryCheckpoint } from "./checkpoint";
import { forgetOperation } from "./operations";

/**
 * Files that no second download mends: gone, or whole by their length and yet not what Shopify
 * announced. Their operation is run again.
 */
const SPOILT = ["BULK_EXPIRED", "BULK_NO_URL", "BULK_LINE_MALFORMED", "BULK_ROWS_MISSING"];

/**
 * Brings both files into the load table, side by side, each in one transaction: a worker killed
 * in between finds a file whole, or starts it anew.
 */
export async function loadFiles(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<undefined> {
  const { job, progress } = context;
  const loaded = { orders: 0, ledger: 0 };
  const show = () => progress.show({ phase: "LOAD", done: loaded.orders + loaded.ledger });
  progress.show({ phase: "LOAD", done: 0, total: null });
  const names = checkpoint.ledger.refused ? (["orders"] as const) : (["orders", "ledger"] as const);
  const results = await Promise.allSettled(
    names.map(async (name) => {
      checkpoint[name].lines = await loadFile(context, checkpoint, name, (lines) => {
        loaded[name] = lines;
        show();
      });
    }),
  );
  const failures = results.flatMap((result, index) =>
    result.status === "rejected" ? [{ name: names[index] ?? "orders", error: result.reason }] : [],
  );
  for (const { name, error } of failures) {
    const spoilt = error instanceof MeritError && SPOILT.includes(error.code);
    if (spoilt) await forgetOperation(context, checkpoint, name);
  }
  if (failures[0]) throw failures[0].error;
  checkpoint.phase = "TRANSFORM";
  await transaction(context, async (client) => {
    await refreshStatistics(client);
    await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  });
}

/** Answers the file's lines. */
async function loadFile(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: "orders" | "ledger",
  onLines: (lines: number) => void,
): Promise<number> {
  const { job, admin, fetch, signal } = context;
  const task = `load_${name}`;
  const operationId = checkpoint[name].id;
  if (!operationId) throw notLoaded(task, "it has no operation");
  const operation = await pollBulk(admin, operationId, task);
  if (!bulkIsComplete(operation, task)) throw notLoaded(task, "its operation still runs");
  const { url, fileSize, objectCount } = operation;
  if (url === null) return 0;
  const stored = await transaction(context, (client) =>
    countBulkLines(client, job.shopId, operationId),
  );
  if (stored === objectCount) return stored;
  return transaction(context, async (client) => {
    const lines = downloadBulkLines({ url, fileSize, fetch, signal });
    const count = await copyBulkLines(client, { shopId: job.shopId, operationId, lines, onLines });
    if (count !== objectCount) {
      throw new RetryableError(
        `A bulk file has ${count} lines, Shopify announced ${objectCount}; it is made anew.`,
        { code: "BULK_ROWS_MISSING", task },
      );
    }
    await assertLease(client, job);
    return count;
  });
}

function notLoaded(task: string, why: string): RetryableError {
  return new RetryableError(`A bulk file could not be loaded: ${why}.`, {
    code: "BULK_NOT_LOADED",
    task,
  });
}
