import { z } from "zod";
import { createOrderReader } from "~/connectors/shopify/orders.server";
import { DefectError } from "~/lib/errors";
import { readWatermark } from "~/sync/cursors.server";
import { countDirtyOrders } from "~/warehouse/staging/dirty-orders.server";
import { type SyncContext, transaction } from "./context";
import { type HistoryCheckpoint, historyCheckpoint, newFlood } from "./history/checkpoint";
import { MOST_BY_PAGES } from "./history/run-flood";

const checkpointSchema = z.object({
  /** What is read by `updatedAt`, inclusive at both ends; null: only what webhooks named. */
  window: z
    .object({ from: z.iso.datetime(), to: z.iso.datetime(), pageCursor: z.string().nullable() })
    .nullable(),
  done: z.number().int(),
  /** Orders of which this run read details that a history left out. */
  details: z.number().int().default(0),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;
export type Window = NonNullable<Checkpoint["window"]>;

interface Plan {
  checkpoint: Checkpoint;
  /** More than pages can bring: this is read first, by bulk operations. */
  flood: HistoryCheckpoint | null;
}

/** Shopify's search index lags behind its writes by seconds. */
const OVERLAP_MS = 10 * 60_000;
/** A run that webhooks set off reads the window as well when the last one is older than this. */
const WINDOW_MS = 5 * 60_000;

/** What is read once a flood is over, and what is read of a window that none preceded. */
const marksOnly = (): Checkpoint => ({ window: null, done: 0, details: 0 });

/**
 * What a run has to read, or where it stands. One whose checkpoint is of an earlier form begins anew,
 * which does no harm. Throws DefectError `NO_WATERMARK` before the history was read.
 */
export async function planIncremental(context: SyncContext): Promise<Plan> {
  const { job, now } = context;
  const stored = checkpointSchema.safeParse(job.checkpoint);
  if (stored.success) return { checkpoint: stored.data, flood: null };
  const flood = historyCheckpoint.safeParse(job.checkpoint);
  if (flood.success) return { checkpoint: marksOnly(), flood: flood.data };
  const { watermark, marks } = await transaction(context, async (client) => ({
    watermark: await readWatermark(client, job.shopId, "orders"),
    marks: await countDirtyOrders(client, job.shopId),
  }));
  if (!watermark) {
    throw new DefectError("The shop's history has not been loaded yet.", {
      code: "NO_WATERMARK",
      task: "incremental",
    });
  }
  const at = now();
  const from = new Date(watermark.getTime() - OVERLAP_MS);
  const fresh = at.getTime() - watermark.getTime() < WINDOW_MS;
  const window =
    job.requestedBy === "webhook" && fresh
      ? null
      : { from: from.toISOString(), to: at.toISOString(), pageCursor: null };
  if (Math.max(marks, window ? await updatedIn(context, window) : 0) > MOST_BY_PAGES) {
    return { checkpoint: marksOnly(), flood: newFlood(at, from) };
  }
  return { checkpoint: { ...marksOnly(), window }, flood: null };
}

/** The search for a window's orders. */
export function searchOfWindow({ from, to }: Window): string {
  return `updated_at:>='${from}' AND updated_at:<='${to}'`;
}

function updatedIn({ admin, signal }: SyncContext, window: Window): Promise<number> {
  return createOrderReader(admin, "count_orders", signal).count(searchOfWindow(window));
}
