import { DefectError, MeritError, RetryableError } from "~/lib/errors";
import type { DayRange } from "~/lib/time";
import type { GraphClient } from "./graph-client.server";
import { errorOfRefusal, REPORT_FAILED, TOO_MUCH_DATA } from "./graph-errors";
import {
  type InsightRow,
  insightsPageSchema,
  reportStateSchema,
  startedReportSchema,
} from "./insights-schemas";

export type InsightsLevel = "account" | "campaign";

const COMMON_FIELDS = [
  "account_id",
  "account_currency",
  "impressions",
  "reach",
  "clicks",
  "inline_link_clicks",
  "spend",
  "actions",
  "action_values",
  "attribution_setting",
];
const FIELDS: Readonly<Record<InsightsLevel, readonly string[]>> = {
  account: COMMON_FIELDS,
  campaign: ["campaign_id", "campaign_name", "objective", ...COMMON_FIELDS],
};

const PAGE = 500;
const LEAST_PAGE = 25;

/**
 * Asks Meta to make a report of every day of the range (days of the ad account's zone, both ends
 * included). Answers its id. Throws as the client, RetryableError `META_TOO_MUCH_DATA` when the range
 * must be shorter.
 */
export async function startReport(
  client: GraphClient,
  {
    adAccountId,
    level,
    range,
    signal,
  }: { adAccountId: string; level: InsightsLevel; range: DayRange; signal?: AbortSignal },
): Promise<string> {
  const { report_run_id } = await client.post(`${adAccountId}/insights`, {
    params: {
      level,
      fields: FIELDS[level].join(","),
      time_range: { since: range.from, until: range.to },
      time_increment: 1,
    },
    schema: startedReportSchema,
    task: "start_report",
    ...(signal ? { signal } : {}),
  });
  return report_run_id;
}

/** A report, which counts against the limits of the ad account that it is made for. */
export interface Report {
  adAccountId: string;
  reportId: string;
}

const WORKING = new Set(["Job Not Started", "Job Started", "Job Running"]);

/**
 * Whether a report can be read. Throws RetryableError `META_REPORT_FAILED` or `META_TOO_MUCH_DATA`
 * when it never will be: then another one, of fewer days, is needed.
 */
export async function reportIsReady(
  client: GraphClient,
  { adAccountId, reportId }: Report,
  signal?: AbortSignal,
): Promise<boolean> {
  const task = "poll_report";
  const state = await client.get(reportId, {
    params: {
      fields: "id,async_status,async_percent_completion,error_code,error_subcode,error_message",
    },
    schema: reportStateSchema,
    task,
    subject: adAccountId,
    ...(signal ? { signal } : {}),
  });
  if (state.async_status === "Job Completed") return state.async_percent_completion === 100;
  if (WORKING.has(state.async_status)) return false;
  if (state.async_status !== "Job Failed" && state.async_status !== "Job Skipped") {
    throw new DefectError(`Meta calls a report "${state.async_status}".`, {
      code: "META_REPORT_STATUS",
      task,
    });
  }
  const message = state.error_message || `Meta could not make a report (${state.async_status}).`;
  if (state.error_code) {
    const { error_code: code, error_subcode } = state;
    const told = errorOfRefusal({ code, message, error_subcode }, { task });
    if (!(told instanceof DefectError)) throw told;
  }
  throw new RetryableError(message, { code: REPORT_FAILED, task });
}

/**
 * Every row of a report that is ready, page by page. Where Meta calls a page too much, it is asked
 * for in halves. Throws RetryableError `META_TOO_MUCH_DATA` when even small pages are.
 */
export async function readReport(
  client: GraphClient,
  { adAccountId, reportId }: Report,
  signal?: AbortSignal,
): Promise<InsightRow[]> {
  const rows: InsightRow[] = [];
  let after: string | undefined;
  let limit = PAGE;
  for (;;) {
    try {
      const { data, paging } = await client.get(`${reportId}/insights`, {
        params: { limit, ...(after ? { after } : {}) },
        schema: insightsPageSchema,
        task: "read_report",
        subject: adAccountId,
        ...(signal ? { signal } : {}),
      });
      rows.push(...data);
      if (!paging?.next) return rows;
      const next = paging.cursors?.after;
      if (!next || next === after) throw stuck();
      after = next;
    } catch (error) {
      const tooMuch = error instanceof MeritError && error.code === TOO_MUCH_DATA;
      if (!tooMuch || limit / 2 < LEAST_PAGE) throw error;
      limit = Math.floor(limit / 2);
    }
  }
}

/** A further page that no cursor leads to: going on would drop rows, going round would never end. */
function stuck(): DefectError {
  return new DefectError("Meta names a further page but no way to it.", {
    code: "META_PAGING",
    task: "read_report",
  });
}
