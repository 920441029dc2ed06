import { readOrderIds } from "~/connectors/shopify/order-ids.server";
import { numericId } from "~/lib/shopify-ids";
import { type Day, dayBounds } from "~/lib/time";
import { ordersOfDay } from "~/warehouse/reconciliation/orders-of-day.server";
import { storedOrders } from "~/warehouse/reconciliation/stored-orders.server";
import { type SyncContext, transaction } from "../context";
import { REPAIR_BEGINS, type ReconcileCheckpoint } from "./checkpoint";
import { compareRange } from "./compare-report";
import { rereadOrders } from "./reread-orders";

const BATCH = 50;
const TASK = "reconcile_repair";

/**
 * Re-reads the orders of the days that differ, ours and those that Shopify names, and compares each
 * day once more: what is written down then is either repaired or stands.
 */
export async function repairDays(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
): Promise<void> {
  const [day] = checkpoint.toRepair;
  if (day === undefined) {
    checkpoint.phase = "COUNTS";
    return;
  }
  if (checkpoint.repair.step === "OURS") return repairOurs(context, checkpoint, day);
  if (checkpoint.repair.step === "THEIRS") return repairTheirs(context, checkpoint, day);
  const next = () => {
    checkpoint.toRepair = checkpoint.toRepair.slice(1);
    checkpoint.repair = REPAIR_BEGINS;
  };
  const range = { from: day, to: day, grain: "day" } as const;
  if (!(await compareRange(context, checkpoint, range, next))) next();
}

async function repairOurs(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
  day: Day,
): Promise<void> {
  const { job } = context;
  const { timezone } = checkpoint;
  const { afterId } = checkpoint.repair;
  const ids = await transaction(context, (client) =>
    ordersOfDay(client, job.shopId, { timezone, day, afterId, limit: BATCH }),
  );
  const last = ids.at(-1);
  await rereadOrders(context, checkpoint, ids, { task: TASK, days: [day] }, () => {
    checkpoint.repair = last
      ? { step: "OURS", afterId: last, cursor: null }
      : { step: "THEIRS", afterId: "0", cursor: null };
  });
}

/**
 * Orders that Shopify processed or touched on the day and that are missing here, or older than what
 * Shopify has: a payment or a return that was never heard of.
 */
async function repairTheirs(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
  day: Day,
): Promise<void> {
  const { job, admin, signal } = context;
  const search = searchOfDay(day, checkpoint.timezone);
  const after = checkpoint.repair.cursor;
  const { heads, endCursor } = await readOrderIds(admin, search, { after, task: TASK, signal });
  const byId = new Map(
    heads.flatMap(({ gid, updatedAt }) => {
      const id = numericId(gid);
      return id ? [[id, Date.parse(updatedAt)] as const] : [];
    }),
  );
  const known = await transaction(context, (client) =>
    storedOrders(client, job.shopId, [...byId.keys()]),
  );
  const stale = [...byId].filter(
    ([id, updatedAt]) => (known.get(id)?.updatedAt?.getTime() ?? 0) < updatedAt,
  );
  const ids = stale.map(([id]) => id);
  await rereadOrders(context, checkpoint, ids, { task: TASK, days: [] }, () => {
    const step = endCursor === null ? "COMPARE" : "THEIRS";
    checkpoint.repair = { step, afterId: "0", cursor: endCursor };
    checkpoint.ordersFound += ids.filter((id) => !known.has(id)).length;
  });
}

function searchOfDay(day: Day, timezone: string): string {
  const { from, to } = dayBounds(day, timezone);
  const within = (field: string) =>
    `(${field}:>='${from.toISOString()}' AND ${field}:<'${to.toISOString()}')`;
  return `${within("processed_at")} OR ${within("updated_at")}`;
}
