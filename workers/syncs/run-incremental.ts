import { z } from "zod";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { DefectError } from "~/lib/errors";
import { moveWatermark, readWatermark } from "~/sync/cursors.server";
import { succeedJob } from "~/sync/job-endings.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { type SyncContext, type SyncOutcome, transaction } from "./context";

const checkpointSchema = z.object({
  /** The window read, `updatedAt` at both ends inclusive. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  pageCursor: z.string().nullable(),
  done: z.number().int(),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/** Shopify's search index lags behind its writes by seconds. */
const OVERLAP_MS = 10 * 60_000;

/**
 * Reads what was updated from the watermark, less an overlap, up to the start of the run, oldest
 * first. What changes during the run falls into the next. The watermark moves with the last
 * commit alone: a failure never moves it.
 */
export async function runIncremental(context: SyncContext): Promise<SyncOutcome> {
  const { job, admin, progress, signal } = context;
  const checkpoint = await readCheckpoint(context);
  const reader = createOrderReader(admin, "incremental", signal);
  progress.show({ phase: "INCREMENTAL", done: checkpoint.done, total: null });
  for (;;) {
    const page = await reader.page({
      search: `updated_at:>='${checkpoint.from}' AND updated_at:<='${checkpoint.to}'`,
      sortKey: "UPDATED_AT",
      reverse: false,
      after: checkpoint.pageCursor,
    });
    checkpoint.pageCursor = page.endCursor ?? checkpoint.pageCursor;
    checkpoint.done += page.orders.length;
    progress.show({
      phase: "INCREMENTAL",
      done: checkpoint.done,
      recordsSynced: checkpoint.done,
    });
    await transaction(context, async (client) => {
      const { affectedDays } = await loadOrders(client, job.shopId, page.orders, "PAGE");
      await rollupDays(client, job.shopId, affectedDays);
      await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
      if (page.hasNextPage) return;
      await moveWatermark(client, job.shopId, "orders", new Date(checkpoint.to));
      await succeedJob(client, job);
    });
    if (!page.hasNextPage) return { kind: "done" };
    if (context.turnIsOver()) return { kind: "yield" };
  }
}

async function readCheckpoint(context: SyncContext): Promise<Checkpoint> {
  const { job, now } = context;
  if (job.checkpoint !== null) return checkpointSchema.parse(job.checkpoint);
  const watermark = await transaction(context, (client) =>
    readWatermark(client, job.shopId, "orders"),
  );
  if (!watermark) {
    throw new DefectError("The shop's history has not been loaded yet.", {
      code: "NO_WATERMARK",
      task: "incremental",
    });
  }
  return {
    from: new Date(watermark.getTime() - OVERLAP_MS).toISOString(),
    to: now().toISOString(),
    pageCursor: null,
    done: 0,
  };
}
