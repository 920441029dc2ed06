import { DefectError } from "~/lib/errors";
import { readWatermark } from "~/sync/cursors.server";
import { reconcilable } from "~/warehouse/reconciliation/reconcilable.server";
import { standingDifferences } from "~/warehouse/reconciliation/standing-differences.server";
import { type SyncContext, type SyncOutcome, transaction } from "../context";
import { checkCounts } from "./check-counts";
import { checkIdentities, repairIdentities } from "./check-identities";
import { type ReconcileCheckpoint, readCheckpoint } from "./checkpoint";
import { compareDays, compareMonths } from "./compare-report";
import { finish } from "./finish";
import { planReconciliation } from "./plan";
import { repairDays } from "./repair-days";

/**
 * A step works on the checkpoint and moves its phase on. Whatever it commits, it commits together
 * with the checkpoint.
 */
type ReconcileStep = (context: SyncContext, checkpoint: ReconcileCheckpoint) => Promise<void>;

const STEPS: Readonly<Record<Exclude<ReconcileCheckpoint["phase"], "FINISH">, ReconcileStep>> = {
  PLAN: plan,
  MONTHS: compareMonths,
  DAYS: compareDays,
  REPAIR: repairDays,
  IDENTITIES: checkIdentities,
  IDENTITIES_REPAIR: repairIdentities,
  COUNTS: checkCounts,
  MONTHS_AGAIN: compareMonths,
};

/**
 * Holds a shop's daily figures and its number of orders against Shopify's, re-reads what differs
 * and writes down, by day, what stands. Without the right to read reports, the identities of single
 * orders serve instead. Goes on from the job's checkpoint.
 */
export async function runReconcile(context: SyncContext): Promise<SyncOutcome> {
  const checkpoint = readCheckpoint(context);
  while (checkpoint.phase !== "FINISH") {
    context.signal.throwIfAborted();
    context.progress.show({ phase: "RECONCILE", recordsSynced: checkpoint.ordersReread });
    await STEPS[checkpoint.phase](context, checkpoint);
    if (context.turnIsOver()) return { kind: "yield" };
  }
  await finish(context, checkpoint);
  return { kind: "done" };
}

async function plan(context: SyncContext, checkpoint: ReconcileCheckpoint): Promise<void> {
  const { job } = context;
  const { shop, watermark, standing } = await transaction(context, async (client) => ({
    shop: await reconcilable(client, job.shopId),
    watermark: await readWatermark(client, job.shopId, "orders"),
    standing: {
      days: (await standingDifferences(client, job.shopId, "DAY")).map(({ day }) => day),
      months: (await standingDifferences(client, job.shopId, "MONTH")).map(({ day }) => day),
    },
  }));
  if (!shop?.historyCompleteAt || !watermark) {
    throw new DefectError("The shop's history has not been loaded yet.", {
      code: "NO_WATERMARK",
      task: "reconcile",
    });
  }
  const startedAt = new Date(checkpoint.startedAt);
  const { days, history, older } = planReconciliation(shop, standing, watermark, startedAt);
  Object.assign(checkpoint, {
    phase: days === null ? "COUNTS" : history === null ? "DAYS" : "MONTHS",
    currency: shop.currency,
    timezone: shop.timezone,
    seesAllOrders: shop.seesAllOrders,
    days,
    history,
    toCompare: [days, older].filter((range) => range !== null),
    countTo: watermark.toISOString(),
  } satisfies Partial<ReconcileCheckpoint>);
}
