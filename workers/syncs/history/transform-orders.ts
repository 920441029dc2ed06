import { RetryableError } from "~/lib/errors";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { wronglyDeleted } from "~/warehouse/facts/vanished-orders.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { reviveOrders } from "~/warehouse/mark-orders-deleted.server";
import { assembleOrders, type OrderChunk } from "~/warehouse/staging/assemble-orders.server";
import { countBulkLines } from "~/warehouse/staging/bulk-lines.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import { forgetOperation } from "./bulk-steps";
import type { HistoryCheckpoint } from "./checkpoint";

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
      await loadOrders(client, job.shopId, orders, "BULK", { trackDays: false });
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
      await reviveOrders(client, job.shopId, await wronglyDeleted(client, job.shopId, file));
    }
    await saveCheckpoint(client, job, checkpoint);
  });
  return undefined;
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
  for (const name of ["orders", "ledger"] as const) {
    const { id, lines } = checkpoint[name];
    if (!id || lines === null) continue;
    const stored = await transaction(context, (client) =>
      countBulkLines(client, context.job.shopId, id),
    );
    if (stored === lines) continue;
    await forgetOperation(context, checkpoint, name);
    throw new RetryableError("The loaded bulk files are gone; they are read again.", {
      code: "BULK_LINES_GONE",
      task: "transform",
    });
  }
}
