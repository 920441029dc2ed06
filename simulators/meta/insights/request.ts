import { z } from "zod";
import { invalidParameter } from "../graph/graph-error";
import type { Params } from "../graph/params";
import { ATTRIBUTION_WINDOWS, BREAKDOWNS, INSIGHT_FIELDS } from "../names/insights";
import { checkBreakdowns } from "./breakdowns";
import { askedRange, cutBy, type Period } from "./periods";

export type Level = "account" | "campaign" | "adset" | "ad";

const LEVELS: readonly string[] = ["account", "campaign", "adset", "ad"];
/** Meta's answer has held nothing under these since 12 January 2026. */
const GONE = ["7d_view", "28d_view"];

const filterSchema = z.array(
  z.object({
    field: z.string(),
    operator: z.string(),
    value: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
  }),
);
export type Filter = z.infer<typeof filterSchema>[number];

export interface InsightsRequest {
  level: Level;
  fields: string[];
  range: Period;
  periods: Period[];
  breakdowns: string[];
  /** Windows whose keys stand beside `value`; none when not asked for. */
  windows: string[];
  filters: Filter[];
  sort: { field: string; descending: boolean }[];
}

/** Reads and checks what is asked of an insights edge. Throws Meta's errors 100, 3018, 2/1504041. */
export function readInsightsRequest(
  params: Params,
  own: Level,
  zone: string,
  now: number,
): InsightsRequest {
  const level = params.text("level") ?? own;
  if (!LEVELS.includes(level)) {
    throw invalidParameter(`Param level must be one of {ad, adset, campaign, account}`);
  }
  const fields = params.list("fields");
  for (const field of fields) {
    if (!INSIGHT_FIELDS.includes(field) && !["date_start", "date_stop"].includes(field)) {
      throw invalidParameter(
        `${field} is not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values`,
      );
    }
  }
  const range = askedRange(params, zone, now);
  const windows = params.list("action_attribution_windows");
  for (const [n, window] of windows.entries()) {
    if (!ATTRIBUTION_WINDOWS.includes(window)) {
      throw invalidParameter(
        `action_attribution_windows[${n}] must be one of the following values: ${ATTRIBUTION_WINDOWS.join(", ")}`,
      );
    }
  }
  const breakdowns = params.list("breakdowns");
  for (const [n, name] of breakdowns.entries()) {
    if (!BREAKDOWNS.includes(name)) {
      throw invalidParameter(
        `breakdowns[${n}] must be one of the following values: ${BREAKDOWNS.join(", ")}`,
      );
    }
  }
  checkBreakdowns(breakdowns);
  return {
    level: level as Level,
    fields: fields.length > 0 ? fields : defaultFields(level as Level),
    range,
    periods: cutBy(params.text("time_increment"), range),
    breakdowns,
    windows: windows.filter((window) => !GONE.includes(window)),
    filters: params.json("filtering", filterSchema) ?? [],
    sort: params.list("sort").map((text) => {
      const match = /^(.+)_(ascending|descending)$/.exec(text);
      if (!match)
        throw invalidParameter(`Param sort must end in _ascending or _descending: ${text}`);
      return { field: match[1] ?? "", descending: match[2] === "descending" };
    }),
  };
}

function defaultFields(level: Level): string[] {
  const ids = ["account_id", "campaign_id", "adset_id", "ad_id"];
  return [...ids.slice(0, LEVELS.indexOf(level) + 1), "impressions", "spend"];
}
