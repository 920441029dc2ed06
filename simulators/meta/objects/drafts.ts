import type { AdAccountWorld } from "../accounts/world";
import { GraphError, invalidParameter } from "../graph/graph-error";
import type { Params } from "../graph/params";
import type { MadeObject } from "../state";
import { askedBudget, budgetElsewhere, checkLeast } from "./budget-checks";
import { documents, oneOf, parentOf, required, writtenFields } from "./given";
import { givenSpan } from "./times";
import { BILLING, BUYING, CAPPED, CATEGORIES, GOALS, OBJECTIVES, STRATEGIES } from "./words";

/** A new object before it has an id. */
export type Draft = Omit<MadeObject, "accountId" | "id" | "at">;

/** What `POST /act_X/campaigns` asks for. Throws 100. */
export function draftCampaign(account: AdAccountWorld, params: Params, at: number): Draft {
  const written = writtenFields(params);
  const objective = oneOf(params, "objective", OBJECTIVES);
  if (params.text("special_ad_categories") === null) required(params, "special_ad_categories");
  const special = params.list("special_ad_categories").filter((one) => one !== "NONE");
  const wrong = special.find((one) => !CATEGORIES.includes(one));
  if (wrong) throw invalidParameter(`Param special_ad_categories: unknown category "${wrong}"`);
  const budget = askedBudget(written);
  const shown: Record<string, unknown> = {
    objective,
    buying_type: oneOf(params, "buying_type", BUYING, "AUCTION"),
    bid_strategy: oneOf(params, "bid_strategy", STRATEGIES, "LOWEST_COST_WITHOUT_CAP"),
    special_ad_categories: special,
    special_ad_category: special[0] ?? "NONE",
    is_adset_budget_sharing_enabled: params.yes("is_adset_budget_sharing_enabled"),
    ...givenSpan(params, "stop_time", at, account.options.plan.zone),
  };
  if (budget) checkLeast(account.currency, budget.amount);
  else required(params, "is_adset_budget_sharing_enabled");
  if (budget?.kind === "lifetime" && !shown.stop_time) {
    throw invalidParameter("The parameter end_time is required for a lifetime_budget");
  }
  return { kind: "campaign", parentId: null, creativeId: null, written, shown };
}

/** What `POST /act_X/adsets` asks for. Throws 100, 100/1885621 on a second budget beside the campaign's. */
export function draftAdSet(account: AdAccountWorld, params: Params, at: number): Draft {
  const written = writtenFields(params);
  const campaign = parentOf(account, account.all("campaign"), required(params, "campaign_id"), at);
  const goal = oneOf(params, "optimization_goal", GOALS);
  const billing = oneOf(params, "billing_event", BILLING);
  const strategy = oneOf(params, "bid_strategy", STRATEGIES, "LOWEST_COST_WITHOUT_CAP");
  if (CAPPED.includes(strategy)) required(params, "bid_amount");
  params.whole("bid_amount");
  required(params, "targeting");
  const given = documents(params, ["targeting", "promoted_object", "attribution_spec"]);
  if (!JSON.stringify(given.targeting).includes("geo_locations")) {
    throw invalidParameter("Param targeting must name geo_locations");
  }
  if (["OFFSITE_CONVERSIONS", "VALUE"].includes(goal)) required(params, "promoted_object");
  const budget = askedBudget(written);
  if (budget && campaign.budget) throw budgetElsewhere();
  if (!budget && !campaign.budget) {
    throw invalidParameter("A daily_budget or lifetime_budget is required");
  }
  if (budget) checkLeast(account.currency, budget.amount);
  const span = givenSpan(params, "end_time", at, account.options.plan.zone);
  if (budget?.kind === "lifetime" && !span.end_time) required(params, "end_time");
  const shown = {
    optimization_goal: goal,
    billing_event: billing,
    bid_strategy: strategy,
    ...given,
    ...span,
  };
  return { kind: "adset", parentId: campaign.id, creativeId: null, written, shown };
}

/** What `POST /act_X/ads` asks for. Throws 100, also on a 51st ad in an ad set. */
export function draftAd(account: AdAccountWorld, params: Params, at: number): Draft {
  const written = writtenFields(params);
  const adSet = parentOf(account, account.all("adset"), required(params, "adset_id"), at);
  required(params, "creative");
  const { creative } = documents(params, ["creative"]);
  const named = creative as { creative_id?: unknown; id?: unknown };
  const creativeId = String(named.creative_id ?? named.id ?? "");
  if (account.entity(creativeId)?.kind !== "creative") {
    throw invalidParameter(`Param creative[creative_id] must be the id of a creative`);
  }
  const living = account
    .all("ad")
    .filter(({ plan }) => plan.adSet.id === adSet.id && account.status(plan, at) !== "DELETED");
  if (living.length >= 50) {
    throw new GraphError(100, null, {
      title: "Too many ads",
      userMessage: "An ad set holds at most 50 ads that are not deleted.",
    });
  }
  const shown = documents(params, ["tracking_specs"]);
  return { kind: "ad", parentId: adSet.id, creativeId, written, shown };
}
