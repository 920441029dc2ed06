import { createOrderReader } from "~/connectors/shopify/orders.server";
import { RetryableError } from "~/lib/errors";
import type { SyncBreak, SyncContext } from "../context";
import type { HistoryCheckpoint } from "./checkpoint";
import { cancelOperation, isComplete, save, startMissing } from "./operations";
import { enterWindow, halvesOf, searchOf } from "./windows";

const FIRST_POLL_MS = 1_000;
const LAST_POLL_MS = 5_000;

/** Writes the start of the run down, then starts both operations and counts what there is. */
export async function startBulk(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<undefined> {
  context.progress.show({ phase: "START", done: 0 });
  await save(context, checkpoint);
  try {
    await startMissing(context, checkpoint);
  } catch (error) {
    // All five taken: the newest days need none of them, so they come first.
    if (!(error instanceof RetryableError && error.code === "BULK_LIMIT_REACHED")) throw error;
  }
  const reader = createOrderReader(context.admin, "count_orders", context.signal);
  const search = searchOf(checkpoint, checkpoint.window) ?? createdBefore(checkpoint);
  checkpoint.expected = await reader.count(search);
  checkpoint.phase = context.job.jobType === "HISTORICAL_INIT" ? "FIRST_LIGHT" : "BULK_WAIT";
  await save(context, checkpoint);
}

/** Orders that existed when the run began: what count and history are about. */
export function createdBefore({ startedAt }: HistoryCheckpoint): string {
  return `created_at:<'${startedAt}'`;
}

/**
 * Asks how the operations stand, at growing intervals; the webhook wakes the job earlier. A window
 * that is too large for Shopify's time is halved.
 */
export async function waitForBulk(
  context: SyncContext,
  checkpoint: HistoryCheckpoint,
): Promise<SyncBreak | undefined> {
  await startMissing(context, checkpoint);
  let complete: boolean[];
  try {
    complete = [
      await isComplete(context, checkpoint, "orders"),
      checkpoint.ledger.refused || (await isComplete(context, checkpoint, "ledger")),
    ];
  } catch (error) {
    if (!(error instanceof RetryableError && error.code === "BULK_TIMEOUT")) throw error;
    await halveWindow(context, checkpoint);
    return undefined;
  }
  if (complete.every(Boolean)) {
    checkpoint.phase = "LOAD";
    await save(context, checkpoint);
    return undefined;
  }
  const waitMs = Math.min(LAST_POLL_MS, FIRST_POLL_MS * 1.3 ** checkpoint.polls);
  checkpoint.polls += 1;
  await save(context, checkpoint);
  return { kind: "wait", ms: waitMs };
}

/** Trying the same again would take Shopify as long again: each half is read for itself. */
async function halveWindow(context: SyncContext, checkpoint: HistoryCheckpoint): Promise<void> {
  const { startedAt, window } = checkpoint;
  for (const name of ["orders", "ledger"] as const) {
    await cancelOperation(context, checkpoint, name);
  }
  const reader = createOrderReader(context.admin, "bulk_window", context.signal);
  const oldest = window.from ?? (await reader.oldest()) ?? startedAt;
  const [first, second] = halvesOf(window, { oldest, startedAt });
  context.log.warn({ window, first, second }, "A bulk operation ran out of time: it is halved");
  checkpoint.windows.unshift(second);
  enterWindow(checkpoint, first);
  await save(context, checkpoint);
}
