import type pg from "pg";
import type { RawOrder } from "~/connectors/shopify/order-schemas";
import { RetryableError } from "~/lib/errors";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { wronglyDeleted } from "~/warehouse/facts/vanished-orders.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { reviveOrders } from "~/warehouse/mark-orders-deleted.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { assembleOrders, type OrderChunk } from "~/warehouse/staging/assemble-orders.server";
import {
  countBulkLines,
  deleteBulkLines,
  keepRootIds,
} from "~/warehouse/staging/bulk-lines.server";
import type { Road } from "~/warehouse/staging/stage-documents.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import type { HistoryCheckpoint } from "./checkpoint";
import { forgetOperation, save } from "./operations";
import { enterWindow, restartAll } from "./windows";

const CHUNK = 500;

/**
 * From loaded lines to staging and facts, some hundred orders a transaction, each with its
 * checkpoint. The next chunk is put together while Postgres writes the one before.
 */
export async function transformOrders(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  await assertLoaded(context, checkpoint);
  const { job, progress } = context;
  const total = checkpoint.expected;
  progress.show({ phase: "TRANSFORM", done: checkpoint.transformed, total });
  let next = nextChunk(context, checkpoint, checkpoint.lineNo);
  for (;;) {
    const { orders, lastLineNo } = await next;
    if (lastLineNo === null) break;
    next = nextChunk(context, checkpoint, lastLineNo);
    // Should the write fail, nobody awaits what was read ahead.
    next.catch(() => undefined);
    checkpoint.lineNo = lastLineNo;
    checkpoint.transformed += orders.length;
    const done = checkpoint.transformed;
    progress.show({ phase: "TRANSFORM", done, total, recordsSynced: done });
    await transaction(context, async (client) => {
      await loadAndRollUp(client, job.shopId, checkpoint, { orders, road: "BULK" });
      await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
    });
    if (context.turnIsOver()) {
      await next.catch(() => undefined);
      return { kind: "yield" };
    }
  }
  checkpoint.phase = "REREAD";
  await transaction(context, async (client) => {
    const operationId = checkpoint.orders.id;
    if (operationId) {
      const file = { operationId, before: checkpoint.startedAt };
      const alive = await wronglyDeleted(client, job.shopId, file);
      const days = await reviveOrders(client, job.shopId, alive);
      if (checkpoint.field === "updated_at") await rollupDays(client, job.shopId, days);
    }
    await turnToNextWindow(client, job.shopId, checkpoint);
    await saveCheckpoint(client, job, checkpoint);
  });
  return undefined;
}

/**
 * Loads orders. A history rolls all days up at its end; a flood of changes rolls up what it touches
 * at once, since a later run would not find these orders changed any more.
 */
export async function loadAndRollUp(
  client: pg.ClientBase,
  shopId: string,
  { field }: HistoryCheckpoint,
  { orders, road }: { orders: readonly RawOrder[]; road: Road },
): Promise<void> {
  const trackDays = field === "updated_at";
  const { affectedDays } = await loadOrders(client, shopId, orders, road, { trackDays });
  if (trackDays) await rollupDays(client, shopId, affectedDays);
}

/** Of a window that others follow only the orders' ids are kept: of a large shop, each is large. */
async function turnToNextWindow(
  client: pg.ClientBase,
  shopId: string,
  checkpoint: HistoryCheckpoint,
): Promise<void> {
  const { orders, ledger, window, windows, finished } = checkpoint;
  const next = windows.shift();
  if (!next || !orders.id) return;
  if (ledger.id) await deleteBulkLines(client, shopId, ledger.id);
  const roots = await keepRootIds(client, shopId, orders.id);
  finished.push({ window, operationId: orders.id, roots });
  enterWindow(checkpoint, next);
}

async function nextChunk(
  context: SyncContext,
  { orders, ledger }: HistoryCheckpoint,
  afterLineNo: string,
): Promise<OrderChunk> {
  const ordersId = orders.id;
  if (!ordersId || orders.lines === 0) return { orders: [], lastLineNo: null };
  return transaction(context, (client) =>
    assembleOrders(
      client,
      context.job.shopId,
      { ordersId, ledgerId: ledger.id },
      afterLineNo,
      CHUNK,
    ),
  );
}

/** The load table is unlogged: a crash of Postgres empties it, and the files must come again. */
export async function assertLoaded(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<void> {
  const isStored = async (operationId: string, lines: number) =>
    lines ===
    (await transaction(context, (client) =>
      countBulkLines(client, context.job.shopId, operationId),
    ));
  for (const { operationId, roots } of checkpoint.finished) {
    if (await isStored(operationId, roots)) continue;
    restartAll(checkpoint);
    await save(context, checkpoint);
    throw linesGone();
  }
  for (const name of ["orders", "ledger"] as const) {
    const { id, lines } = checkpoint[name];
    if (!id || lines === null || (await isStored(id, lines))) continue;
    await forgetOperation(context, checkpoint, name);
    throw linesGone();
  }
}

function linesGone(): RetryableError {
  return new RetryableError("The loaded bulk files are gone; they are read again.", {
    code: "BULK_LINES_GONE",
    task: "transform",
  });
}
