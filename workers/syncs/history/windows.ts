import { DefectError } from "~/lib/errors";
import type { HistoryCheckpoint, OrdersWindow } from "./checkpoint";

/** Shopify gives up an operation after 10 days: what does not end in an hour's orders never will. */
const SMALLEST_MS = 3_600_000;

/** What a bulk query of a window searches for; undefined where the window is the whole. */
export function searchOf(
  { field }: Pick<HistoryCheckpoint, "field">,
  { from, to }: OrdersWindow,
): string | undefined {
  const terms = [
    ...(from === null ? [] : [`${field}:>='${from}'`]),
    ...(to === null ? [] : [`${field}:<'${to}'`]),
  ];
  return terms.length > 0 ? terms.join(" AND ") : undefined;
}

/**
 * Both halves of a window, by time; each whole second is in one of them. Open ends stay open:
 * `oldest` and `startedAt` only say where the middle is. Throws DefectError `BULK_WINDOW_TIMEOUT`
 * where a window is too short to be halved.
 */
export function halvesOf(
  { from, to }: OrdersWindow,
  { oldest, startedAt }: { oldest: string; startedAt: string },
): [OrdersWindow, OrdersWindow] {
  const start = Date.parse(from ?? oldest);
  const end = Date.parse(to ?? startedAt);
  if (end - start < SMALLEST_MS) {
    throw new DefectError("A bulk operation of less than an hour's orders ran out of time.", {
      code: "BULK_WINDOW_TIMEOUT",
      task: "bulk_window",
    });
  }
  const middle = new Date(Math.round((start + end) / 2_000) * 1_000).toISOString();
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

/** Orders of the windows that are done with: where the count of the current one begins. */
export function ordersOfFinished({ finished }: Pick<HistoryCheckpoint, "finished">): number {
  return finished.reduce((sum, { roots }) => sum + roots, 0);
}

/** The operations whose files hold the orders of all windows so far. */
export function ordersOperations({
  finished,
  orders,
}: Pick<HistoryCheckpoint, "finished" | "orders">): string[] {
  const earlier = finished.map(({ operationId }) => operationId);
  return orders.id ? [...earlier, orders.id] : earlier;
}

/** Turns to a window none of whose operations has been started. */
export function enterWindow(checkpoint: HistoryCheckpoint, window: OrdersWindow): void {
  const nothing = { id: null, lines: null, objects: null, progressAt: null };
  checkpoint.window = window;
  checkpoint.orders = { ...nothing };
  checkpoint.ledger = { ...nothing, refused: checkpoint.ledger.refused };
  restartWindow(checkpoint);
}

/** Begins the current window anew, with whatever of its operations still stands. */
export function restartWindow(checkpoint: HistoryCheckpoint): void {
  checkpoint.lineNo = "0";
  checkpoint.transformed = ordersOfFinished(checkpoint);
  checkpoint.polls = 0;
  checkpoint.phase = "BULK_WAIT";
}

/** Begins every window anew: nothing that was read so far is trusted. */
export function restartAll(checkpoint: HistoryCheckpoint): void {
  const all = [
    ...checkpoint.finished.map(({ window }) => window),
    checkpoint.window,
    ...checkpoint.windows,
  ];
  checkpoint.finished = [];
  checkpoint.windows = all.slice(1);
  checkpoint.rereadTo = "0";
  checkpoint.countChecks = 0;
  enterWindow(checkpoint, all[0] ?? checkpoint.window);
}
