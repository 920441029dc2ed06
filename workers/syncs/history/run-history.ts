import { DefectError } from "~/lib/errors";
import { assertLease } from "~/sync/leased-job.server";
import type { SyncBreak, SyncContext, SyncOutcome } from "../context";
import { readDirtyOrders } from "../read-dirty-orders";
import { startBulk, waitForBulk } from "./bulk-steps";
import { type HistoryCheckpoint, historyCheckpoint, newHistory } from "./checkpoint";
import { checkCounts, rollUp } from "./closing-steps";
import { firstLight } from "./first-light";
import { loadFiles } from "./load-files";
import { rereadLedgers } from "./reread-ledgers";
import { transformOrders } from "./transform-orders";

/**
 * A step works on the checkpoint it is given and moves its phase on; it answers a break when it
 * must come again before it can go on, else nothing. Whatever it commits, it commits together with
 * the checkpoint.
 */
export type HistoryStep = (
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
) => Promise<SyncBreak | undefined>;

type HistorySteps = Readonly<Record<HistoryCheckpoint["phase"], HistoryStep | null>>;

const STEPS: HistorySteps = {
  START: startBulk,
  FIRST_LIGHT: firstLight,
  BULK_WAIT: waitForBulk,
  LOAD: loadFiles,
  TRANSFORM: transformOrders,
  REREAD: rereadLedgers,
  COUNT_CHECK: checkCounts,
  ROLLUP: rollUp,
  DONE: null,
};

/**
 * Loads a shop's whole history: bulk operations are started first because they take time, the
 * newest days come by pages meanwhile. A rebuild leaves these out: staging and facts change as it
 * goes, but the figures that people see stay the old ones until the new ones are complete, which one
 * last transaction makes visible. Goes on from the job's checkpoint, ends when the job SUCCEEDED or
 * must come again.
 */
export async function runHistory(context: SyncContext): Promise<SyncOutcome> {
  const checkpoint = readCheckpoint(context);
  // A history may take hours; what is sold and refunded meanwhile need not wait for its end.
  const pause = await runSteps(context, checkpoint, STEPS, async () => {
    await readDirtyOrders(context, (client) => assertLease(client, context.job));
  });
  return pause ?? { kind: "done" };
}

/**
 * Takes step after step until the checkpoint is at a phase that has none, `between` before each.
 * Answers a break when it must come again before.
 */
export async function runSteps(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
  steps: HistorySteps,
  between: () => Promise<void>,
): Promise<SyncBreak | undefined> {
  for (;;) {
    context.signal.throwIfAborted();
    const step = steps[checkpoint.phase];
    if (!step) return undefined;
    await between();
    const pause = await step(context, checkpoint);
    if (pause) return pause;
    if (steps[checkpoint.phase] && context.turnIsOver()) return { kind: "yield" };
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
