import { type DayRange, listDays } from "~/lib/time";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { brokenByDay, IDENTITY_METRICS } from "~/warehouse/reconciliation/broken-by-day";
import { brokenIdentities } from "~/warehouse/reconciliation/broken-identities.server";
import { recordComparison } from "~/warehouse/reconciliation/record-comparison.server";
import { standingDifferences } from "~/warehouse/reconciliation/standing-differences.server";
import { type SyncContext, transaction } from "../context";
import { REPAIR_BEGINS, type ReconcileCheckpoint } from "./checkpoint";
import { rereadOrders } from "./reread-orders";
import { worthReading } from "./worth-reading";

const BATCH = 50;

/**
 * Without the right to read reports: every order's ledger against the order's own totals, noted by
 * the day on which it was placed.
 */
export async function checkIdentities(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
): Promise<void> {
  const range = checkpoint.history ?? checkpoint.days;
  if (range === null) throw new RangeError("no days to check");
  await noteBroken(context, checkpoint, range, (days) => {
    checkpoint.toRepair = days;
    checkpoint.phase = "IDENTITIES_REPAIR";
  });
}

/** Re-reads the orders that break an identity, day by day, and notes what each day then is. */
export async function repairIdentities(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
): Promise<void> {
  const [day] = checkpoint.toRepair;
  if (day === undefined) {
    checkpoint.phase = "COUNTS";
    return;
  }
  const { job } = context;
  const range = { from: day, to: day };
  const broken = await transaction(context, (client) =>
    brokenIdentities(client, job.shopId, checkpoint.timezone, range),
  );
  const ids = new Set(Object.values(broken).flatMap((orders) => orders.map(idOf)));
  const { afterId } = checkpoint.repair;
  const rest = [...ids].filter((id) => BigInt(id) > BigInt(afterId)).sort(byNumber);
  const batch = rest.slice(0, BATCH);
  const last = batch.at(-1);
  if (last !== undefined) {
    await rereadOrders(
      context,
      checkpoint,
      batch,
      { task: "reconcile_repair", days: [day] },
      () => {
        checkpoint.repair = { ...checkpoint.repair, afterId: last };
      },
    );
    return;
  }
  await noteBroken(context, checkpoint, range, () => {
    checkpoint.toRepair = checkpoint.toRepair.slice(1);
    checkpoint.repair = REPAIR_BEGINS;
  });
}

async function noteBroken(
  context: SyncContext,
  checkpoint: ReconcileCheckpoint,
  range: DayRange,
  then: (newly: string[]) => void,
): Promise<void> {
  const { job, progress, now } = context;
  const { currency, timezone } = checkpoint;
  await transaction(context, async (client) => {
    const broken = await brokenIdentities(client, job.shopId, timezone, range);
    const figures = brokenByDay(listDays(range), broken);
    const standing = await standingDifferences(client, job.shopId, "DAY");
    await recordComparison(client, job.shopId, figures, {
      currency,
      grain: "DAY",
      metrics: IDENTITY_METRICS,
      checkedAt: now(),
    });
    then(worthReading(context, figures, standing));
    await saveCheckpoint(client, job, checkpoint, progress.current(), { forgive: true });
  });
}

const idOf = ({ orderId }: { orderId: string }) => orderId;
const byNumber = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);
