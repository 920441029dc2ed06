import type pg from "pg";
import { moveWatermark } from "~/sync/cursors.server";
import { succeedJob } from "~/sync/job-endings.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { type SyncBreak, type SyncContext, type SyncOutcome, transaction } from "./context";
import { readFlood } from "./history/run-flood";
import { shopOrderReader } from "./order-reader";
import { type Checkpoint, planIncremental, searchOfWindow, type Window } from "./plan-incremental";
import { readDirtyOrders } from "./read-dirty-orders";
import { readMissingDetails } from "./read-missing-details";
import { readShop } from "./read-shop";

/**
 * Brings a shop up to date: the shop itself, the orders that webhooks named, and whatever was updated
 * from the watermark, less an overlap, up to the start of the run, oldest first, since webhooks may
 * be lost. What changes during the run falls into the next. The watermark moves with the last commit
 * of the window alone: a failure never moves it. A flood, more than pages bring in minutes, is read by
 * bulk operations instead. At the end, when all figures are as new as they can
 * be, comes a slice of the details that a history left out.
 */
export async function runIncremental(context: SyncContext): Promise<SyncOutcome> {
  const { job, progress } = context;
  // Planning asks Shopify too; a flood that comes back has a phase of its own to show.
  if (job.checkpoint === null) progress.show({ phase: "INCREMENTAL", done: 0, total: null });
  const { checkpoint, flood } = await planIncremental(context);
  if (!flood) progress.show({ phase: "INCREMENTAL", done: checkpoint.done, total: null });
  const save = (client: pg.ClientBase) =>
    saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  const saveRead = (before: number) => (client: pg.ClientBase, read: number) => {
    show(context, checkpoint, before + read);
    return save(client);
  };
  // Webhooks set runs off every few seconds, and a flood comes back while it waits for Shopify.
  const often = flood ? flood.phase !== "START" : checkpoint.window === null;
  await readShop(context, { onlyIfMarked: often });
  const pause =
    (flood && (await readFlood(context, flood, saveRead(0)))) ??
    (await readRest(context, checkpoint, { save, saveRead: saveRead(checkpoint.done) }));
  if (pause) return pause;
  await transaction(context, (client) => succeedJob(client, job));
  return { kind: "done" };
}

/** What webhooks named, the window if there is one, and a slice of missing details. */
async function readRest(
  context: SyncContext,
  checkpoint: Checkpoint,
  {
    save,
    saveRead,
  }: {
    save: (client: pg.ClientBase) => Promise<void>;
    saveRead: (client: pg.ClientBase, read: number) => Promise<void>;
  },
): Promise<SyncBreak | undefined> {
  await readDirtyOrders(context, saveRead);
  const pause = checkpoint.window && (await readWindow(context, checkpoint, checkpoint.window));
  return pause ?? (await readMissingDetails(context, checkpoint, save));
}

async function readWindow(
  context: SyncContext,
  checkpoint: Checkpoint,
  window: Window,
): Promise<SyncBreak | undefined> {
  const { job, progress } = context;
  const reader = await shopOrderReader(context, "incremental");
  for (let more = true; more; ) {
    const page = await reader.page({
      search: searchOfWindow(window),
      sortKey: "UPDATED_AT",
      reverse: false,
      after: window.pageCursor,
    });
    more = page.hasNextPage;
    window.pageCursor = page.endCursor ?? window.pageCursor;
    show(context, checkpoint, checkpoint.done + page.orders.length);
    await transaction(context, async (client) => {
      const { affectedDays } = await loadOrders(client, job.shopId, page.orders, "PAGE");
      await rollupDays(client, job.shopId, affectedDays);
      if (!more) {
        await moveWatermark(client, job.shopId, "orders", new Date(window.to));
        checkpoint.window = null;
      }
      await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
    });
    if (more && context.turnIsOver()) return { kind: "yield" };
  }
  return undefined;
}

function show({ progress }: SyncContext, checkpoint: Checkpoint, done: number): void {
  checkpoint.done = done;
  progress.show({ phase: "INCREMENTAL", done, recordsSynced: done });
}
