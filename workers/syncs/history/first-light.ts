import { markFirstLight, saveCheckpoint } from "~/sync/leased-job.server";
import { figuresStandFrom } from "~/sync/shop-history.server";
import { loadOrders } from "~/warehouse/load-orders.server";
import { rollupDays } from "~/warehouse/rollups/rollup-days.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import { shopOrderReader } from "../order-reader";
import type { HistoryCheckpoint } from "./checkpoint";

const FIRST_LIGHT_MS = 7 * 86_400_000;

/**
 * The newest 7 days by pages, newest first, so that real figures stand within a minute. Asked for by
 * `updated_at`: an older order that was refunded in these days belongs to their figures too.
 */
export async function firstLight(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  const { job, progress } = context;
  const reader = await shopOrderReader(context, "first_light");
  const since = new Date(Date.parse(checkpoint.startedAt) - FIRST_LIGHT_MS);
  let done = 0;
  progress.show({ phase: "FIRST_LIGHT", done, total: null });
  for (let more = true; more; ) {
    const page = await reader.page({
      search: `updated_at:>='${since.toISOString()}'`,
      sortKey: "UPDATED_AT",
      reverse: true,
      after: checkpoint.pageCursor,
    });
    more = page.hasNextPage;
    done += page.orders.length;
    checkpoint.pageCursor = page.endCursor;
    if (!more) checkpoint.phase = "BULK_WAIT";
    progress.show({ phase: "FIRST_LIGHT", done, recordsSynced: done });
    await transaction(context, async (client) => {
      const { affectedDays } = await loadOrders(client, job.shopId, page.orders, "PAGE");
      await rollupDays(client, job.shopId, affectedDays);
      if (!more) {
        await figuresStandFrom(client, job.shopId, since);
        await markFirstLight(client, job);
      }
      await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
    });
    if (context.turnIsOver()) return { kind: "yield" };
  }
  return undefined;
}
