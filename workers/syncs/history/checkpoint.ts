import { z } from "zod";

const operation = z.object({
  /** Shopify's id of the bulk operation; null until it is started. */
  id: z.string().nullable(),
  /** Lines of its file once they stand in `bulk_load.lines`. */
  lines: z.number().int().nullable(),
});

/** Where a backfill stands: everything a new worker needs to go on. */
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
    orders: { id: null, lines: null },
    ledger: { id: null, lines: null, refused: false },
    expected: null,
    pageCursor: null,
    polls: 0,
    lineNo: "0",
    transformed: 0,
    rereadTo: "0",
    countChecks: 0,
  };
}
