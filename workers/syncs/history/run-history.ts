import { DefectError } from "~/lib/errors";
import { assertLease } from "~/sync/leased-job.server";
import type { SyncContext, SyncOutcome } from "../context";
import { readDirtyOrders } from "../read-dirty-orders";
import { startBulk, waitForBulk } from "./bulk-steps";
import { type HistoryCheckpoint, historyCheckpoint, newHistory } from "./checkpoint";
import { checkCounts, finish, rollUp } from "./closing-steps";
import { firstLight } from "./first-light";
import { loadFiles } from "./load-files";
import { rereadLedgers } from "./reread-ledgers";
import { transformOrders } from "./transform-orders";

/**
 * A step works on the checkpoint it is given and moves its phase on; it answers milliseconds when
 * it must wait before it can go on, else nothing. Whatever it commits, it commits together with
 * the checkpoint.
 */
export type HistoryStep = (
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
) => Promise<number | undefined>;

const STEPS: Readonly<Record<HistoryCheckpoint["phase"], HistoryStep | null>> = {
  START: startBulk,
  FIRST_LIGHT: firstLight,
  BULK_WAIT: waitForBulk,
  LOAD: loadFiles,
  TRANSFORM: transformOrders,
  REREAD: rereadLedgers,
  ROLLUP: rollUp,
  COUNT_CHECK: checkCounts,
  DONE: null,
};

/**
 * Loads a shop's whole history: bulk operations are started first because they take time, the
 * newest days come by pages meanwhile. Goes on from the job's checkpoint, ends when the job
 * SUCCEEDED or must wait.
 */
export async function runHistory(context: SyncContext): Promise<SyncOutcome> {
  const checkpoint = readCheckpoint(context);
  for (;;) {
    context.signal.throwIfAborted();
    const step = STEPS[checkpoint.phase];
    if (!step) {
      await finish(context, checkpoint);
      return { kind: "done" };
    }
    // A history may take hours; what is sold and refunded meanwhile need not wait for its end.
    await readDirtyOrders(context, (client) => assertLease(client, context.job));
    const waitMs = await step(context, checkpoint);
    if (waitMs !== undefined) return { kind: "wait", ms: waitMs };
  }
}

function readCheckpoint({ job, now }: SyncContext): HistoryCheckpoint {
  if (job.checkpoint === null) return newHistory(now());
  const parsed = historyCheckpoint.safeParse(job.checkpoint);
  if (parsed.success) return parsed.data;
  throw new DefectError("The job's checkpoint is of an unknown form.", {
    code: "CHECKPOINT_SHAPE",
    task: "history",
    cause: parsed.error,
  });
}
