import { z } from "zod";

/** A kind of job: what it is called, what it carries, and how often the queue itself retries. */
export interface JobContract<Schema extends z.ZodType> {
  name: string;
  /** Parsed when a job is queued and again when it is taken. Ids and dates only, no data. */
  schema: Schema;
  attempts: number;
  backoff: { type: "fixed" | "exponential"; delay: number };
}

/** Declares a kind of job. */
export function defineJob<Schema extends z.ZodType>(
  contract: JobContract<Schema>,
): JobContract<Schema> {
  return contract;
}

/**
 * Work on the sync job of a shop until it ends or has to wait. One attempt: what failed stands in
 * `sync_jobs`, and the dispatcher brings it back when its time has come.
 */
export const syncShopJob = defineJob({
  name: "sync-shop",
  schema: z.object({ shopId: z.string().min(1), jobId: z.uuid() }),
  attempts: 1,
  backoff: { type: "fixed", delay: 1_000 },
});

export type SyncShopPayload = z.infer<typeof syncShopJob.schema>;
