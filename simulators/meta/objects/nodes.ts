import { LEARNING_DAYS } from "../../ad-plan/ad-day";
import type { PlanAd, PlanAdSet, PlanCampaign } from "../../ad-plan/types";
import type { Entity } from "../accounts/entity";
import type { AdAccountWorld } from "../accounts/world";
import type { PlainObject } from "../graph/fields";
import { budgetFields } from "./budgets";
import { creativeNode } from "./creative-node";
import { effectiveStatus } from "./status";
import { metaTime } from "./times";

/** An object as Meta shows it at an instant; null before it was made. Budgets: strings, minor units. */
export function objectNode(
  account: AdAccountWorld,
  entity: Entity,
  at: number,
): PlainObject | null {
  if (!exists(account, entity, at)) return null;
  return { ...planned(account, entity, at), ...account.madeOf(entity.plan.id)?.shown };
}

function exists(account: AdAccountWorld, entity: Entity, at: number): boolean {
  if (entity.kind !== "creative") return account.status(entity.plan, at) !== null;
  if (entity.ad) return account.status(entity.ad, at) !== null;
  return at >= (account.madeOf(entity.plan.id)?.at ?? at);
}

function planned(account: AdAccountWorld, entity: Entity, at: number): PlainObject {
  switch (entity.kind) {
    case "campaign":
      return campaignNode(account, entity.plan, at);
    case "adset":
      return adSetNode(account, entity.plan, at);
    case "ad":
      return adNode(account, entity.plan, at);
    case "creative":
      return creativeNode(account, entity.plan, entity.ad, at);
  }
}

function common(
  account: AdAccountWorld,
  one: PlanCampaign | PlanAdSet | PlanAd,
  at: number,
): PlainObject {
  const zone = account.options.plan.zone;
  const made = account.madeOf(one.id)?.at ?? account.plan.bounds(one.startDay).start;
  const ended = one.endDay === null ? made : account.plan.bounds(one.endDay).start;
  const changes = account.changesOf(one.id).filter((change) => change.at <= at);
  const updated = changes.at(-1)?.at ?? (ended <= at ? ended : made);
  const status = account.status(one, at);
  return {
    id: one.id,
    account_id: account.options.id,
    name: account.written(one.id, "name", at) ?? one.name,
    status,
    configured_status: status,
    effective_status: effectiveStatus(account, one, at),
    created_time: metaTime(made, zone),
    updated_time: metaTime(updated, zone),
  };
}

function campaignNode(account: AdAccountWorld, campaign: PlanCampaign, at: number): PlainObject {
  const { plan, options } = account;
  const ends = campaign.budget?.kind === "lifetime" && campaign.endDay !== null;
  return {
    ...common(account, campaign, at),
    objective: campaign.objective,
    buying_type: campaign.buyingType,
    bid_strategy: "LOWEST_COST_WITHOUT_CAP",
    special_ad_categories: [],
    special_ad_category: "NONE",
    pacing_type: ["standard"],
    can_use_spend_cap: true,
    is_adset_budget_sharing_enabled: false,
    start_time: metaTime(plan.bounds(campaign.startDay).start, options.plan.zone),
    ...(ends && campaign.endDay !== null
      ? { stop_time: metaTime(plan.bounds(campaign.endDay).start, options.plan.zone) }
      : {}),
    ...budgetFields(account, campaign, at),
  };
}

function adSetNode(account: AdAccountWorld, adSet: PlanAdSet, at: number): PlainObject {
  const { plan, options } = account;
  const learning = plan.dayAt(at) - adSet.startDay < LEARNING_DAYS;
  const clickDays = adSet.attribution.startsWith("7d") ? 7 : 1;
  const views = adSet.attribution.endsWith("1d_view");
  return {
    ...common(account, adSet, at),
    campaign_id: adSet.campaign.id,
    campaign: { id: adSet.campaign.id },
    optimization_goal: adSet.optimizationGoal,
    billing_event: "IMPRESSIONS",
    bid_amount: account.written(adSet.id, "bid_amount", at),
    attribution_spec: [
      { event_type: "CLICK_THROUGH", window_days: clickDays },
      ...(views
        ? [
            { event_type: "VIEW_THROUGH", window_days: 1 },
            { event_type: "ENGAGED_VIDEO_VIEW", window_days: 1 },
          ]
        : []),
    ],
    targeting: { age_min: 18, age_max: 65, geo_locations: { countries: adSet.countries } },
    learning_stage_info: { status: learning ? "LEARNING" : "SUCCESS" },
    promoted_object: { pixel_id: `7${options.id.slice(1)}`, custom_event_type: "PURCHASE" },
    pacing_type: ["standard"],
    destination_type: "WEBSITE",
    is_dynamic_creative: false,
    start_time: metaTime(plan.bounds(adSet.startDay).start, options.plan.zone),
    ...budgetFields(account, adSet, at),
  };
}

function adNode(account: AdAccountWorld, ad: PlanAd, at: number): PlainObject {
  return {
    ...common(account, ad, at),
    adset_id: ad.adSet.id,
    campaign_id: ad.adSet.campaign.id,
    adset: { id: ad.adSet.id, name: ad.adSet.name },
    campaign: { id: ad.adSet.campaign.id, name: ad.adSet.campaign.name },
    creative: { id: ad.creative.id, name: ad.creative.name },
    bid_type: "ABSOLUTE_OCPM",
    tracking_specs: [
      { "action.type": ["offsite_conversion"], fb_pixel: [`7${account.options.id.slice(1)}`] },
    ],
    preview_shareable_link: `https://fb.me/${ad.id.slice(-8)}`,
  };
}
