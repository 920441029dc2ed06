import { z } from "zod";

/** The body of a refusal. What is missing is decided by `code` alone. */
export const refusalSchema = z.object({
  error: z.looseObject({
    message: z.string().default(""),
    code: z.number(),
    error_subcode: z.number().nullish(),
    is_transient: z.boolean().nullish(),
    error_user_msg: z.string().nullish(),
  }),
});
export type Refusal = z.infer<typeof refusalSchema>["error"];

const percents = {
  call_count: z.number().optional(),
  total_cputime: z.number().optional(),
  total_time: z.number().optional(),
};

const useCaseUsage = z.looseObject({
  type: z.string().optional(),
  ...percents,
  /** Minutes. */
  estimated_time_to_regain_access: z.number().optional(),
});
/** A use case such as `ads_insights` in percent of what is allowed. */
export type UseCaseUsage = z.infer<typeof useCaseUsage>;

/** `X-Business-Use-Case-Usage`: by business or account, a list of use cases. */
export const useCaseUsageSchema = z.record(z.string(), z.array(useCaseUsage));

/** `X-App-Usage`, in percent. */
export const appUsageSchema = z.looseObject(percents);

/** `X-FB-Ads-Insights-Throttle`, in percent. */
export const insightsThrottleSchema = z.looseObject({
  app_id_util_pct: z.number().optional(),
  acc_id_util_pct: z.number().optional(),
});

/** `X-Ad-Account-Usage`. */
export const accountUsageSchema = z.looseObject({
  acc_id_util_pct: z.number().optional(),
  /** Seconds. */
  reset_time_duration: z.number().optional(),
});
