import { z } from "zod";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A row as it came: staging keeps all of it, so only its two anchors are checked here. */
export const insightRowSchema = z.looseObject({
  date_start: day,
  date_stop: day,
  campaign_id: z.string().optional(),
});
/** A day of an ad account or campaign; every number is a string, money in major units. */
export type InsightRow = z.infer<typeof insightRowSchema>;

export const startedReportSchema = z.object({ report_run_id: z.string().min(1) });

export const reportStateSchema = z.looseObject({
  async_status: z.string(),
  async_percent_completion: z.number().default(0),
  error_code: z.number().nullish(),
  error_subcode: z.number().nullish(),
  error_message: z.string().nullish(),
});

export const insightsPageSchema = z.object({
  data: z.array(insightRowSchema),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      /** There is a further page while it is there; the address holds the token and is not used. */
      next: z.string().optional(),
    })
    .optional(),
});

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, "is not a decimal number");
const count = z.string().regex(/^\d+$/, "is not a count");
/** One kind of action; per-window keys may stand beside `value`. */
const action = z.looseObject({ action_type: z.string(), value: decimal });
export type InsightAction = z.infer<typeof action>;

/** What the facts are made from. A key that Meta leaves out is null. */
export const insightDocumentSchema = z.looseObject({
  date_start: day,
  account_currency: z.string().length(3).nullish(),
  campaign_id: z.string().nullish(),
  campaign_name: z.string().nullish(),
  objective: z.string().nullish(),
  attribution_setting: z.string().nullish(),
  spend: decimal.nullish(),
  impressions: count.nullish(),
  clicks: count.nullish(),
  inline_link_clicks: count.nullish(),
  reach: count.nullish(),
  actions: z.array(action).nullish(),
  action_values: z.array(action).nullish(),
});
