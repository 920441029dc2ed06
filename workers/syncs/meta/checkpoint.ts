import { z } from "zod";
import { DefectError } from "~/lib/errors";
import { countDays } from "~/lib/time";
import { adAccountsToSync } from "~/sync/ad-coverage.server";
import { saveCheckpoint } from "~/sync/leased-job.server";
import { transaction } from "../context";
import { type Chunk, chunkSchema, planChunks } from "./chunks";
import type { MetaContext } from "./context";

const checkpointSchema = z.object({
  /** What is still to be read, in this order. */
  chunks: z.array(chunkSchema),
  /** Days read and to be read, over all ad accounts. */
  done: z.number().int(),
  total: z.number().int(),
  /** Rows that came. */
  rows: z.number().int(),
  /** How often the first chunk's reports were asked after. */
  polls: z.number().int(),
});
/** Where a sync of Meta stands: everything a new worker needs to go on. */
export type MetaCheckpoint = z.infer<typeof checkpointSchema>;

/** The job's checkpoint; a job that begins plans what is to be read. */
export async function readMetaCheckpoint(context: MetaContext): Promise<MetaCheckpoint> {
  const { job, now } = context;
  if (job.checkpoint === null) {
    const accounts = await transaction(context, (client) => adAccountsToSync(client, job.shopId));
    const chunks = planChunks(accounts, {
      now: now(),
      anew: job.jobType === "HISTORICAL_REBUILD",
    });
    return { chunks, done: 0, total: daysOf(chunks), rows: 0, polls: 0 };
  }
  const parsed = checkpointSchema.safeParse(job.checkpoint);
  if (parsed.success) return parsed.data;
  throw new DefectError("The job's checkpoint is of an unknown form.", {
    code: "CHECKPOINT_SHAPE",
    task: "meta",
    cause: parsed.error,
  });
}

/** How many days the chunks hold, each once per ad account. */
export function daysOf(chunks: readonly Pick<Chunk, "from" | "to">[]): number {
  return chunks.reduce((days, chunk) => days + countDays(chunk), 0);
}

/** What people see: days read of days to be read, and which part of the work it is. */
export function showProgress({ progress }: MetaContext, checkpoint: MetaCheckpoint): void {
  progress.show({
    phase: checkpoint.chunks[0]?.kind === "RECENT" ? "ADS_RECENT" : "ADS_HISTORY",
    done: checkpoint.done,
    total: checkpoint.total,
    recordsSynced: checkpoint.rows,
  });
}

/** Saves the checkpoint alone: no data came, so failures are not forgiven. */
export async function saveMeta(context: MetaContext, checkpoint: MetaCheckpoint): Promise<void> {
  await transaction(context, (client) =>
    saveCheckpoint(client, context.job, checkpoint, context.progress.current()),
  );
}
