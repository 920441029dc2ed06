import { z } from "zod";
import { DefectError } from "~/lib/errors";
import type { SyncContext } from "../context";

const day = z.string();
const range = z.object({ from: day, to: day });

/** Instants, ISO: from inclusive, to exclusive; by `createdAt`. */
const createdWindow = z.object({ from: z.string(), to: z.string() });

const checkpointSchema = z.object({
  phase: z.enum([
    "PLAN",
    "MONTHS",
    "DAYS",
    "REPAIR",
    "IDENTITIES",
    "IDENTITIES_REPAIR",
    "COUNTS",
    "MONTHS_AGAIN",
    "FINISH",
  ]),
  startedAt: z.iso.datetime(),
  currency: z.string(),
  timezone: z.string(),
  seesAllOrders: z.boolean(),
  /** How Shopify's side is known; null until it was asked. */
  method: z.enum(["SHOPIFYQL", "IDENTITIES"]).nullable(),
  /** The days compared one by one; null where no finished day is there yet. */
  days: range.nullable(),
  /** The history compared by months as well; null where that was done before. */
  history: range.nullable(),
  /** Ranges still to be compared by day: `days`, and the months that differ. */
  toCompare: z.array(range),
  /** Days whose orders are still to be re-read, in order; the first is in work. */
  toRepair: z.array(day),
  repair: z.object({
    /** Our own orders of the day first, then those that Shopify names, then the day once more. */
    step: z.enum(["OURS", "THEIRS", "COMPARE"]),
    /** Last of ours that was re-read. */
    afterId: z.string(),
    /** End cursor of Shopify's last page. */
    cursor: z.string().nullable(),
  }),
  /** Windows in which the counts are still to be held against each other; null before the first. */
  windows: z.array(createdWindow).nullable(),
  countTo: z.iso.datetime(),
  daysSkipped: z.number().int(),
  ordersReread: z.number().int(),
  ordersCounted: z.number().int(),
  ordersStored: z.number().int(),
  ordersFound: z.number().int(),
  ordersDeleted: z.number().int(),
});
/** Where a reconciliation stands: everything a new worker needs to go on. */
export type ReconcileCheckpoint = z.infer<typeof checkpointSchema>;

export type CreatedWindow = z.infer<typeof createdWindow>;

/** The state of a day's repair before its first order. */
export const REPAIR_BEGINS: ReconcileCheckpoint["repair"] = {
  step: "OURS",
  afterId: "0",
  cursor: null,
};

/** The checkpoint of a run that begins now; its plan is not made yet. */
export function newReconciliation(now: Date): ReconcileCheckpoint {
  return {
    phase: "PLAN",
    startedAt: now.toISOString(),
    currency: "",
    timezone: "",
    seesAllOrders: false,
    method: null,
    days: null,
    history: null,
    toCompare: [],
    toRepair: [],
    repair: REPAIR_BEGINS,
    windows: null,
    countTo: now.toISOString(),
    daysSkipped: 0,
    ordersReread: 0,
    ordersCounted: 0,
    ordersStored: 0,
    ordersFound: 0,
    ordersDeleted: 0,
  };
}

/** The job's checkpoint, or a new one. Throws DefectError `CHECKPOINT_SHAPE`. */
export function readCheckpoint({ job, now }: SyncContext): ReconcileCheckpoint {
  if (job.checkpoint === null) return newReconciliation(now());
  const parsed = checkpointSchema.safeParse(job.checkpoint);
  if (parsed.success) return parsed.data;
  throw new DefectError("The job's checkpoint is of an unknown form.", {
    code: "CHECKPOINT_SHAPE",
    task: "reconcile",
    cause: parsed.error,
  });
}
