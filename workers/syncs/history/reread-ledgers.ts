import { orderGid } from "~/lib/shopify-ids";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { ordersWithoutLedger } from "~/warehouse/facts/orders-without-ledger.server";
import { type SyncBreak, type SyncContext, transaction } from "../context";
import { shopOrderReader } from "../order-reader";
import type { HistoryCheckpoint } from "./checkpoint";
import { loadAndRollUp } from "./transform-orders";

const BATCH = 50;

/** Orders whose ledger the files did not hold are read whole, by id. */
export async function rereadLedgers(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  const { job, progress } = context;
  const reader = await shopOrderReader(context, "reread_ledgers");
  let done = 0;
  for (;;) {
    const ids = await transaction(context, (client) =>
      ordersWithoutLedger(client, job.shopId, checkpoint.rereadTo, BATCH),
    );
    const last = ids.at(-1);
    if (last === undefined) break;
    const orders = await reader.byId(ids.map(orderGid));
    checkpoint.rereadTo = last;
    done += ids.length;
    progress.show({ phase: "REREAD", done, total: null });
    await transaction(context, async (client) => {
      await loadAndRollUp(client, job.shopId, checkpoint, { orders, road: "PAGE" });
      await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
    });
    if (context.turnIsOver()) return { kind: "yield" };
  }
  checkpoint.phase = "COUNT_CHECK";
  await transaction(context, (client) => saveCheckpoint(client, job, checkpoint));
  return undefined;
}
