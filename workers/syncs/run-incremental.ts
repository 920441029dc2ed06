import { z } from "zod";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { DefectError } from "~/lib/errors";
import { moveWatermark, readWatermark } from "~/sync/cursors.server";
import { succeedJob } from "~/sync/job-endings.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { type SyncBreak, type SyncContext, type SyncOutcome, transaction } from "./context";
import { readDirtyOrders } from "./read-dirty-orders";
import { readMissingDetails } from "./read-missing-details";
import { readShop } from "./read-shop";

const checkpointSchema = z.object({
  /** What is read by `updatedAt`, inclusive at both ends; null: only what webhooks named. */
  window: z
    .object({ from: z.iso.datetime(), to: z.iso.datetime(), pageCursor: z.string().nullable() })
    .nullable(),
  done: z.number().int(),
  /** Orders of which this run read details that a history left out. */
  details: z.number().int().default(0),
});
type Checkpoint = z.infer<typeof checkpointSchema>;
type Window = NonNullable<Checkpoint["window"]>;

/** Shopify's search index lags behind its writes by seconds. */
const OVERLAP_MS = 10 * 60_000;
/** A run that webhooks set off reads the window as well when the last one is older than this. */
const WINDOW_MS = 5 * 60_000;

/**
 * Brings a shop up to date: the shop itself, the orders that webhooks named, and whatever was updated
 * from the watermark, less an overlap, up to the start of the run, oldest first, since webhooks may
 * be lost. What changes during the run falls into the next. The watermark moves with the last commit
 * of the window alone: a failure never moves it. At the end, when all figures are as new as they can
 * be, comes a slice of the details that a history left out.
 */
export async function runIncremental(context: SyncContext): Promise<SyncOutcome> {
  const { job, progress } = context;
  const checkpoint = await readCheckpoint(context);
  progress.show({ phase: "INCREMENTAL", done: checkpoint.done, total: null });
  await readShop(context);
  const before = checkpoint.done;
  await readDirtyOrders(context, (client, read) => {
    show(context, checkpoint, before + read);
    return saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  });
  const pause =
    (checkpoint.window && (await readWindow(context, checkpoint, checkpoint.window))) ??
    (await readMissingDetails(context, checkpoint, (client) =>
      saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true }),
    ));
  if (pause) return pause;
  await transaction(context, (client) => succeedJob(client, job));
  return { kind: "done" };
}

async function readWindow(
  context: SyncContext,
  checkpoint: Checkpoint,
  window: Window,
): Promise<SyncBreak | undefined> {
  const { job, admin, progress, signal } = context;
  const reader = createOrderReader(admin, "incremental", signal);
  for (let more = true; more; ) {
    const page = await reader.page({
      search: `updated_at:>='${window.from}' AND updated_at:<='${window.to}'`,
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

/** Where the run stands; one whose checkpoint is of an earlier form begins anew, which does no harm. */
async function readCheckpoint(context: SyncContext): Promise<Checkpoint> {
  const { job, now } = context;
  const stored = checkpointSchema.safeParse(job.checkpoint);
  if (stored.success) return stored.data;
  const watermark = await transaction(context, (client) =>
    readWatermark(client, job.shopId, "orders"),
  );
  if (!watermark) {
    throw new DefectError("The shop's history has not been loaded yet.", {
      code: "NO_WATERMARK",
      task: "incremental",
    });
  }
  const at = now();
  const fresh = at.getTime() - watermark.getTime() < WINDOW_MS;
  if (job.requestedBy === "webhook" && fresh) return { window: null, done: 0, details: 0 };
  const from = new Date(watermark.getTime() - OVERLAP_MS).toISOString();
  return { window: { from, to: at.toISOString(), pageCursor: null }, done: 0, details: 0 };
}
