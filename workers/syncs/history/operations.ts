import { bulkIsComplete, cancelBulk, pollBulk, runBulk } from "~/connectors/shopify/bulk.server";
import { ledgerBulkQuery, ordersBulkQuery } from "~/connectors/shopify/documents/orders-bulk";
import { MeritError, RetryableError } from "~/lib/errors";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { orderMetafields } from "~/warehouse/shop-settings.server";
import { type SyncContext, transaction } from "../context";
import type { HistoryCheckpoint } from "./checkpoint";
import { ordersOfFinished, restartWindow, searchOf } from "./windows";

/** The two operations that read a window side by side. */
type OperationName = "orders" | "ledger";

/** An operation that writes nothing for so long will not end: Shopify itself would wait 10 days. */
const STALLED_MS = 3 * 3_600_000;

/** Starts those of the window's operations that are not under way. */
export async function startMissing(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<void> {
  const { orders, ledger } = checkpoint;
  if (!orders.id) {
    orders.id = await start(context, checkpoint, "orders");
    await save(context, checkpoint);
  }
  if (ledger.id || ledger.refused) return;
  try {
    ledger.id = await start(context, checkpoint, "ledger");
  } catch (error) {
    if (!(error instanceof MeritError && error.code === "BULK_INVALID_QUERY")) throw error;
    context.log.warn({ err: error }, "Shopify refuses the ledger in bulk; it is read by pages");
    ledger.refused = true;
  }
  await save(context, checkpoint);
}

async function start(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: OperationName,
): Promise<string> {
  const search = searchOf(checkpoint, checkpoint.window);
  const sortKey = checkpoint.field === "created_at" ? "CREATED_AT" : "UPDATED_AT";
  const window = search === undefined ? ({ sortKey } as const) : ({ search, sortKey } as const);
  const metafields = await transaction(context, (client) =>
    orderMetafields(client, context.job.shopId),
  );
  const query =
    name === "orders" ? ordersBulkQuery({ ...window, metafields }) : ledgerBulkQuery(window);
  const keep = [checkpoint.orders.id, checkpoint.ledger.id].filter((id) => id !== null);
  const options = { since: checkpoint.startedAt, keep };
  return (await runBulk(context.admin, query, `bulk_${name}`, options)).id;
}

/**
 * Whether an operation's file may be read. One that ended badly is forgotten before its error is
 * thrown on, so that the retry starts it anew; one that stands still is canceled and forgotten
 * (RetryableError `BULK_STALLED`).
 */
export async function isComplete(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: OperationName,
): Promise<boolean> {
  const { id } = checkpoint[name];
  if (!id) return false;
  const task = `bulk_${name}`;
  try {
    const operation = await pollBulk(context.admin, id, task);
    if (name === "orders") {
      const done = ordersOfFinished(checkpoint) + operation.rootObjectCount;
      context.progress.show({ phase: "BULK_WAIT", done, total: checkpoint.expected });
    }
    if (bulkIsComplete(operation, task)) return true;
    await assertProgress(context, checkpoint[name], operation.objectCount, task);
    return false;
  } catch (error) {
    if (error instanceof RetryableError && error.code.startsWith("BULK_")) {
      await forgetOperation(context, checkpoint, name);
    } else if (!(error instanceof RetryableError)) {
      // Nobody will read the other file: it must not keep one of the shop's five places.
      await cancelOperation(context, checkpoint, name === "orders" ? "ledger" : "orders");
    }
    throw error;
  }
}

async function assertProgress(
  context: SyncContext,
  operation: HistoryCheckpoint[OperationName],
  objects: number,
  task: string,
): Promise<void> {
  const now = context.now();
  if (operation.objects !== objects || operation.progressAt === null) {
    operation.objects = objects;
    operation.progressAt = now.toISOString();
  }
  if (now.getTime() - Date.parse(operation.progressAt) < STALLED_MS) return;
  if (operation.id) await cancelBulk(context.admin, operation.id, task);
  throw new RetryableError("A bulk operation stood still for hours; it is started anew.", {
    code: "BULK_STALLED",
    task,
  });
}

/** Stops one of the window's operations, if it can be. */
export async function cancelOperation(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: OperationName,
): Promise<void> {
  const { id } = checkpoint[name];
  if (!id) return;
  await cancelBulk(context.admin, id, "cancel_bulk").catch((error: unknown) =>
    context.log.warn({ err: error }, "A bulk operation could not be canceled"),
  );
}

/** The next try starts the operation anew, and with its file the transform from the first line. */
export async function forgetOperation(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  name: OperationName,
): Promise<void> {
  Object.assign(checkpoint[name], { id: null, lines: null, objects: null, progressAt: null });
  restartWindow(checkpoint);
  await save(context, checkpoint);
}

/** Saves the checkpoint alone: no data came, so failures are not forgiven. */
export async function save(context: SyncContext, checkpoint: HistoryCheckpoint): Promise<void> {
  await transaction(context, (client) =>
    saveCheckpoint(client, context.job, checkpoint, context.progress.current()),
  );
}
