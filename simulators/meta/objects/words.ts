/** Words that new objects may use (reference/meta-api.md 11; enums of SDK 24.0.1). */

export const OBJECTIVES = ["APP_PROMOTION", "AWARENESS", "ENGAGEMENT", "LEADS", "SALES"]
  .concat("TRAFFIC")
  .map((aim) => `OUTCOME_${aim}`);

export const BUYING = ["AUCTION", "RESERVED"];

export const CATEGORIES = [
  "EMPLOYMENT",
  "HOUSING",
  "CREDIT",
  "FINANCIAL_PRODUCTS_SERVICES",
  "ISSUES_ELECTIONS_POLITICS",
  "ONLINE_GAMBLING_AND_GAMING",
];

/** Strategies that need a bid. */
export const CAPPED = ["LOWEST_COST_WITH_BID_CAP", "COST_CAP"];

export const STRATEGIES = ["LOWEST_COST_WITHOUT_CAP", "LOWEST_COST_WITH_MIN_ROAS", ...CAPPED];

export const GOALS = [
  "OFFSITE_CONVERSIONS",
  "VALUE",
  "LINK_CLICKS",
  "LANDING_PAGE_VIEWS",
  "IMPRESSIONS",
  "REACH",
  "THRUPLAY",
  "POST_ENGAGEMENT",
  "LEAD_GENERATION",
  "QUALITY_LEAD",
  "CONVERSATIONS",
  "APP_INSTALLS",
  "AD_RECALL_LIFT",
];

export const BILLING = ["IMPRESSIONS", "LINK_CLICKS", "THRUPLAY", "POST_ENGAGEMENT"].concat(
  "APP_INSTALLS",
  "PAGE_LIKES",
);
