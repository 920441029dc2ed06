import { DateTime } from "luxon";
import { dayText } from "../../ad-plan/days";
import type { PlainObject } from "../graph/fields";
import { GraphError } from "../graph/graph-error";
import type { MetaPacing } from "../options";
import type { ReportRun } from "../state";
import type { Period } from "./periods";

const DAY_SECONDS = 86_400;

/**
 * A report as its poll shows it: Not Started, Started, Running with rising percent, and its end. A
 * stuck one runs at 99 % for ever; what fails says why, as v25 does.
 */
export function reportNode(
  pacing: MetaPacing,
  run: ReportRun,
  range: Period,
  zone: string,
): PlainObject {
  const passed = Date.now() - run.startedAt;
  const state = stateAfter(pacing, run, passed);
  const started = Math.floor(run.asOf / 1000);
  const ended = state.status === "Job Completed" || state.status === "Job Failed";
  return {
    id: run.id,
    account_id: run.accountId,
    time_ref: started,
    ...(ended ? { time_completed: started + Math.min(DAY_SECONDS, Math.ceil(passed / 1000)) } : {}),
    async_status: state.status,
    async_percent_completion: state.percent,
    is_running: !ended && state.status !== "Job Skipped",
    is_bookmarked: false,
    is_async_export: false,
    date_start: dayText(range.since),
    date_stop: lastDay(range, run.asOf, zone),
    ...failure(run, state.status),
  };
}

function stateAfter(
  { asyncStartMs, asyncRunMs }: MetaPacing,
  run: ReportRun,
  passed: number,
): { status: string; percent: number } {
  if (passed < asyncStartMs) return { status: "Job Not Started", percent: 0 };
  const share = asyncRunMs === 0 ? 1 : (passed - asyncStartMs) / asyncRunMs;
  if (share < 0.1) return { status: "Job Started", percent: 0 };
  if (run.fate === "stuck") return { status: "Job Running", percent: 99 };
  if (share < 1) return { status: "Job Running", percent: Math.floor(share * 100) };
  if (run.fate === "skip") return { status: "Job Skipped", percent: 0 };
  if (run.fate === "fail" || run.fate === "too_large") return { status: "Job Failed", percent: 0 };
  // Meta says Completed a moment before the rows can be read.
  if (share < 1.1) return { status: "Job Completed", percent: 99 };
  return { status: "Job Completed", percent: 100 };
}

function failure(run: ReportRun, status: string): PlainObject {
  if (status !== "Job Failed") return {};
  const error =
    run.fate === "too_large" ? new GraphError(-3, 1504045) : new GraphError(-2, 2490547);
  const { message, code, error_subcode, error_user_title, error_user_msg } = error.body().error;
  return {
    error_code: code,
    error_message: message,
    error_subcode,
    error_user_title,
    error_user_msg,
  };
}

function lastDay({ until }: Period, asOf: number, zone: string): string {
  const today = DateTime.fromMillis(asOf, { zone }).toFormat("yyyy-MM-dd");
  return dayText(until) < today ? dayText(until) : today;
}
