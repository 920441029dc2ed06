import { dayText } from "../../ad-plan/days";
import { currencyOffset, majorUnits } from "../../ad-plan/money";
import type { AttributionSetting, PlanAd } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";
import type { PlainObject } from "../graph/fields";
import { actionsOf, actionValuesOf, costPerActionOf, ratio, roasOf } from "./actions";
import type { Keys } from "./breakdowns";
import type { Period } from "./periods";
import type { InsightsRequest, Level } from "./request";
import { reachOf, type Sums } from "./sums";

/** What a row is about: its level's object by way of any ad of it. */
export interface RowSubject {
  ad: PlanAd;
  period: Period;
  keys: Keys;
}

interface RowContext {
  account: AdAccountWorld;
  request: InsightsRequest;
  subject: RowSubject;
  sums: Sums;
  /** The instant as of which names are read. */
  at: number;
}

const ORDER: Level[] = ["account", "campaign", "adset", "ad"];

/** A row as Meta writes it: only what was asked for and has a value, numbers as strings. */
export function writeRow(context: RowContext): PlainObject {
  const { request, subject } = context;
  const row: PlainObject = {};
  for (const field of request.fields) {
    if (field === "date_start" || field === "date_stop") continue;
    const value = fieldOf(context, field);
    if (value !== undefined && value !== null) row[field] = value;
  }
  row.date_start = dayText(subject.period.since);
  row.date_stop = dayText(subject.period.until);
  return { ...row, ...subject.keys };
}

function fieldOf(context: RowContext, field: string): unknown {
  const about = aboutObject(context, field);
  return about === undefined ? delivery(context, field) : about;
}

/** Names and ids: those of levels above the row's, and its own. Null: not at this level. */
function aboutObject(context: RowContext, field: string): unknown {
  const { account, request, subject, at, sums } = context;
  const { ad } = subject;
  const down = (level: Level) => ORDER.indexOf(request.level) >= ORDER.indexOf(level);
  const name = (one: { id: string; name: string }) =>
    account.written(one.id, "name", at) ?? one.name;
  switch (field) {
    case "account_id":
      return account.options.id;
    case "account_name":
      return account.options.name;
    case "account_currency":
      return account.currency;
    case "campaign_id":
      return down("campaign") ? ad.adSet.campaign.id : null;
    case "campaign_name":
      return down("campaign") ? name(ad.adSet.campaign) : null;
    case "adset_id":
      return down("adset") ? ad.adSet.id : null;
    case "adset_name":
      return down("adset") ? name(ad.adSet) : null;
    case "ad_id":
      return down("ad") ? ad.id : null;
    case "ad_name":
      return down("ad") ? name(ad) : null;
    case "objective":
      return down("campaign") ? ad.adSet.campaign.objective : null;
    case "buying_type":
      return down("campaign") ? ad.adSet.campaign.buyingType : null;
    case "optimization_goal":
      return down("adset") ? ad.adSet.optimizationGoal : null;
    case "attribution_setting":
      return down("campaign") ? settingOf(sums.settings) : null;
    default:
      return undefined;
  }
}

function settingOf(settings: Set<AttributionSetting>): string {
  return settings.size === 1 ? [...settings].join("") : "multiple";
}

function delivery(context: RowContext, field: string): unknown {
  const { account, request, sums } = context;
  const { windows } = request;
  const offset = currencyOffset(account.currency);
  const count = (type: string, value: number) =>
    value === 0 ? null : [{ action_type: type, value: String(value) }];
  const per = (numerator: number, denominator: number) =>
    denominator === 0 ? null : ratio(numerator, denominator);
  const video = (share: number) => count("video_view", Math.floor(sums.videoPlays * share));
  switch (field) {
    case "spend":
      return majorUnits(sums.spend, account.currency);
    case "social_spend":
      return majorUnits(Math.floor(sums.spend / 14), account.currency);
    case "impressions":
      return String(sums.impressions);
    case "clicks":
      return String(sums.clicks);
    case "unique_clicks":
      return String(sums.clicks - Math.floor(sums.clicks / 15));
    case "inline_link_clicks":
      return sums.linkClicks === 0 ? null : String(sums.linkClicks);
    case "outbound_clicks":
      return count("outbound_click", sums.outboundClicks);
    case "reach":
      return String(reachOf(sums));
    case "frequency":
      return per(sums.impressions, reachOf(sums));
    case "cpp":
      return per(sums.spend * 1000, reachOf(sums) * offset);
    case "cpm":
      return per(sums.spend * 1000, sums.impressions * offset);
    case "ctr":
      return per(sums.clicks * 100, sums.impressions);
    case "unique_ctr":
      return per((sums.clicks - Math.floor(sums.clicks / 15)) * 100, reachOf(sums));
    case "cpc":
      return per(sums.spend, sums.clicks * offset);
    case "inline_link_click_ctr":
      return sums.linkClicks === 0 ? null : per(sums.linkClicks * 100, sums.impressions);
    case "cost_per_inline_link_click":
      return per(sums.spend, sums.linkClicks * offset);
    case "outbound_clicks_ctr":
      return sums.outboundClicks === 0
        ? null
        : [
            {
              action_type: "outbound_click",
              value: ratio(sums.outboundClicks * 100, sums.impressions),
            },
          ];
    case "cost_per_outbound_click":
      return sums.outboundClicks === 0
        ? null
        : [
            {
              action_type: "outbound_click",
              value: ratio(sums.spend, sums.outboundClicks * offset),
            },
          ];
    case "actions":
      return actionsOf(sums, windows);
    case "action_values":
      return actionValuesOf(sums, windows, account.currency);
    case "cost_per_action_type":
      return costPerActionOf(sums, offset);
    case "purchase_roas":
      return roasOf(sums, windows, "omni_purchase");
    case "website_purchase_roas":
      return roasOf(sums, windows, "offsite_conversion.fb_pixel_purchase");
    case "video_play_actions":
      return video(1);
    case "video_p25_watched_actions":
      return video(0.4);
    case "video_p50_watched_actions":
      return video(0.24);
    case "video_p75_watched_actions":
      return video(0.16);
    case "video_p95_watched_actions":
      return video(0.11);
    case "video_p100_watched_actions":
      return video(0.09);
    case "video_thruplay_watched_actions":
      return video(0.2);
    case "video_30_sec_watched_actions":
      return video(0.07);
    case "video_avg_time_watched_actions":
      return sums.videoPlays === 0 ? null : count("video_view", 3 + (sums.videoPlays % 7));
    case "quality_ranking":
    case "engagement_rate_ranking":
    case "conversion_rate_ranking":
      return request.level === "ad" ? ranking(sums) : null;
    default:
      return null;
  }
}

/** Meta ranks an ad only over enough impressions. */
function ranking(sums: Sums): string {
  if (sums.impressions < 500) return "UNKNOWN";
  return sums.clicks * 80 > sums.impressions ? "ABOVE_AVERAGE" : "AVERAGE";
}
