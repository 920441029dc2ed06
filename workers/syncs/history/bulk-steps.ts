import { bulkIsComplete, cancelBulk, pollBulk, runBulk } from "~/connectors/shopify/bulk.server";
import { ledgerBulkQuery, ordersBulkQuery } from "~/connectors/shopify/documents/orders-bulk";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { MeritError, RetryableError } from "~/lib/errors";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import type { HistoryCheckpoint } from "./checkpoint";

const WINDOW = { sortKey: "CREATED_AT" } as const;
const FIRST_POLL_MS = 1_000;
const LAST_POLL_MS = 5_000;

/** Writes the start of the run down, then starts both operations and counts what there is. */
export async function startBulk(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<undefined> {
  context.progress.show({ phase: "START", done: 0 });
  await save(context, checkpoint);
  try {
    await startMissing(context, checkpoint);
  } catch (error) {
    // All five taken: the newest days need none of them, so they come first.
    if (!(error instanceof RetryableError && error.code === "BULK_LIMIT_REACHED")) throw error;
  }
  const reader = createOrderReader(context.admin, "count_orders", context.signal);
  checkpoint.expected = await reader.count(createdBefore(checkpoint));
  checkpoint.phase = context.job.jobType === "HISTORICAL_REBUILD" ? "BULK_WAIT" : "FIRST_LIGHT";
  await save(context, checkpoint);
}

/** Orders that existed when the run began: what count and history are about. */
export function createdBefore({ startedAt }: HistoryCheckpoint): string {
  return `created_at:<'${startedAt}'`;
}

async function startMissing(context: SyncContext, checkpoint: HistoryCheckpoint): Promise<void> {
  const { orders, ledger } = checkpoint;
  if (!orders.id) {
    orders.id = (await runBulk(context.admin, ordersBulkQuery(WINDOW), "bulk_orders")).id;
    await save(context, checkpoint);
  }
  if (ledger.id || ledger.refused) return;
  try {
    ledger.id = (await runBulk(context.admin, ledgerBulkQuery(WINDOW), "bulk_ledger")).id;
  } catch (error) {
    if (!(error instanceof MeritError && error.code === "BULK_INVALID_QUERY")) throw error;
    context.log.warn({ err: error }, "Shopify refuses the ledger in bulk; it is read by pages");
    ledger.refused = true;
  }
  await save(context, checkpoint);
}

/**
 * Asks how the operations stand, at growing intervals; the webhook wakes the job earlier. One that
 * ended badly is forgotten, so that the retry starts it anew.
 */
export async function waitForBulk(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  await startMissing(context, checkpoint);
  const complete = [
    await isComplete(context, checkpoint, "orders"),
    checkpoint.ledger.refused || (await isComplete(context, checkpoint, "ledger")),
  ];
  if (complete.every(Boolean)) {
    checkpoint.phase = "LOAD";
    await save(context, checkpoint);
    return undefined;
  }
  const waitMs = Math.min(LAST_POLL_MS, FIRST_POLL_MS * 1.3 ** checkpoint.polls);
  checkpoint.polls += 1;
  await save(context, checkpoint);
  return { kind: "wait", ms: waitMs };
}

async function isComplete(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: "orders" | "ledger",
): Promise<boolean> {
  const { id } = checkpoint[name];
  if (!id) return false;
  const task = `bulk_${name}`;
  try {
    const operation = await pollBulk(context.admin, id, task);
    if (name === "orders") {
      const { expected } = checkpoint;
      context.progress.show({
        phase: "BULK_WAIT",
        done: operation.rootObjectCount,
        total: expected,
      });
    }
    return bulkIsComplete(operation, task);
  } catch (error) {
    if (error instanceof RetryableError && error.code.startsWith("BULK_")) {
      await forgetOperation(context, checkpoint, name);
    } else if (!(error instanceof RetryableError)) {
      await cancelOther(context, checkpoint, name);
    }
    throw error;
  }
}

/** Nobody will read the other file: it must not keep one of the shop's five places. */
async function cancelOther(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: "orders" | "ledger",
): Promise<void> {
  const { id } = checkpoint[name === "orders" ? "ledger" : "orders"];
  if (!id) return;
  await cancelBulk(context.admin, id, "cancel_bulk").catch((error: unknown) =>
    context.log.warn({ err: error }, "A bulk operation could not be canceled"),
  );
}

/** The next try starts the operation anew, and with its file the transform from the first line. */
export async function forgetOperation(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: "orders" | "ledger",
): Promise<void> {
  checkpoint[name].id = null;
  checkpoint[name].lines = null;
  checkpoint.lineNo = "0";
  checkpoint.transformed = 0;
  checkpoint.phase = "BULK_WAIT";
  await save(context, checkpoint);
}

/** Saves the checkpoint alone: no data came, so failures are not forgiven. */
async function save(context: SyncContext, checkpoint: HistoryCheckpoint): Promise<void> {
  await transaction(context, (client) =>
    saveCheckpoint(client, context.job, checkpoint, context.progress.current()),
  );
}
