import { z } from "zod";

/** What a job does; the database's check knows the same words. */
export const jobType = z.enum([
  "HISTORICAL_INIT",
  /** The whole history anew, while the old figures are served. */
  "HISTORICAL_REBUILD",
  "INCREMENTAL",
  /** Holds the figures against Shopify's own report. */
  "RECONCILE",
]);
export type JobType = z.infer<typeof jobType>;

export const platform = z.enum(["SHOPIFY", "META"]);
export type Platform = z.infer<typeof platform>;
