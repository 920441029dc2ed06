import { z } from "zod";

const operation = z.object({
  /** Shopify's id of the bulk operation; null until it is started. */
  id: z.string().nullable(),
  /** Lines of its file once they stand in `bulk_load.lines`. */
  lines: z.number().int().nullable(),
  /** What it had written when it was last seen to get on, and when that was. */
  objects: z.number().int().nullable().default(null),
  progressAt: z.iso.datetime().nullable().default(null),
});

const window = z.object({
  /** Inclusive; null: from the first order. */
  from: z.iso.datetime().nullable(),
  /** Exclusive; null: to the last. */
  to: z.iso.datetime().nullable(),
});
/** A part of the shop's orders, by the instant of the checkpoint's `field`. */
export type OrdersWindow = z.infer<typeof window>;
const WHOLE: OrdersWindow = { from: null, to: null };

/** Where a reading by bulk operations stands: everything a new worker needs to go on. */
export const historyCheckpoint = z.object({
  phase: z.enum([
    "START",
    "FIRST_LIGHT",
    "BULK_WAIT",
    "LOAD",
    "TRANSFORM",
    "REREAD",
    "COUNT_CHECK",
    "ROLLUP",
    "DONE",
  ]),
  /** The start of the run: orders younger than this are the next incremental's. */
  startedAt: z.iso.datetime(),
  /** What bounds the windows: a history goes by creation, a flood of changes by update. */
  field: z.enum(["created_at", "updated_at"]).default("created_at"),
  /** What the two operations read, what is still to be read after it, and what has been. */
  window: window.default(WHOLE),
  windows: z.array(window).default([]),
  finished: z
    .array(
      z.object({
        window,
        /** The orders operation, of whose file the ids of the orders are kept. */
        operationId: z.string(),
        roots: z.number().int(),
      }),
    )
    .default([]),
  orders: operation,
  /** Shopify may refuse the ledger in bulk; then orders are re-read one batch after another. */
  ledger: operation.extend({ refused: z.boolean() }),
  /** Orders of the shop when the run began, for people to see how far it is. */
  expected: z.number().int().nullable(),
  /** End cursor of the last page of first light. */
  pageCursor: z.string().nullable(),
  polls: z.number().int(),
  /** Last line of the orders file that was transformed. */
  lineNo: z.string(),
  transformed: z.number().int(),
  /** Last order that was re-read for its ledger. */
  rereadTo: z.string(),
  countChecks: z.number().int(),
  /** How often everything was read anew because fewer orders came than Shopify counts. */
  restarts: z.number().int().default(0),
});
export type HistoryCheckpoint = z.infer<typeof historyCheckpoint>;

/**
 * The checkpoint of a run that begins now. Shopify tells whole seconds: an order of this very second
 * may come after the files were made, and must not be counted among those that existed before.
 */
export function newHistory(now: Date): HistoryCheckpoint {
  const second = Math.floor(now.getTime() / 1000) * 1000;
  return {
    phase: "START",
    startedAt: new Date(second).toISOString(),
    field: "created_at",
    window: WHOLE,
    windows: [],
    finished: [],
    orders: { id: null, lines: null, objects: null, progressAt: null },
    ledger: { id: null, lines: null, objects: null, progressAt: null, refused: false },
    expected: null,
    pageCursor: null,
    polls: 0,
    lineNo: "0",
    transformed: 0,
    rereadTo: "0",
    countChecks: 0,
    restarts: 0,
  };
}

/** The checkpoint of a run that begins now and reads what was updated since `from`. */
export function newFlood(now: Date, from: Date): HistoryCheckpoint {
  return {
    ...newHistory(now),
    field: "updated_at",
    window: { from: from.toISOString(), to: null },
  };
}
