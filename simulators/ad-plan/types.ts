/** What makes an ad account's plan; the same options give the same plan. */
export interface AdPlanOptions {
  /** Also part of every id: two accounts of one stand-in need different seeds. */
  seed: number;
  /** First and last planned day, `YYYY-MM-DD` in `zone`. What runs on the last day runs on after it. */
  from: string;
  to: string;
  /** IANA zone of the ad account. */
  zone: string;
  currency: string;
  /** What the account spends on an ordinary day, in whole units of its currency. */
  scale: number;
  /** Mean value of a purchase, in whole units of the currency; left out: about 90 dollars' worth. */
  orderValue?: number;
}

export type PlanStatus = "ACTIVE" | "PAUSED" | "ARCHIVED" | "DELETED";
export type AttributionSetting = "7d_click_1d_view" | "7d_click" | "1d_click_1d_view" | "1d_click";

/** From `startDay` on it is ACTIVE; from `endDay` on it is `endStatus`. Days are numbers since 1970. */
export interface Span {
  startDay: number;
  endDay: number | null;
  endStatus: Exclude<PlanStatus, "ACTIVE">;
}

/** A budget in minor units (currency offset) for a month without season; null when another level holds it. */
export interface Budget {
  kind: "daily" | "lifetime";
  amount: number;
}

export interface PlanCampaign extends Span {
  id: string;
  index: number;
  name: string;
  /** As it stands in `utm_campaign`. */
  slug: string;
  objective: string;
  buyingType: "AUCTION" | "RESERVED";
  budget: Budget | null;
  /** Purchases a unit of money buys here, 1 being ordinary. */
  power: number;
}

export interface PlanAdSet extends Span {
  id: string;
  index: number;
  campaign: PlanCampaign;
  name: string;
  optimizationGoal: string;
  attribution: AttributionSetting;
  budget: Budget | null;
  countries: string[];
}

export interface PlanCreative {
  id: string;
  name: string;
  title: string;
  body: string;
  format: "VIDEO" | "SHARE";
  videoId: string | null;
  imageHash: string;
  linkUrl: string;
  urlTags: string;
}

export interface PlanAd extends Span {
  id: string;
  index: number;
  adSet: PlanAdSet;
  name: string;
  creative: PlanCreative;
  /** Its part of its budget against the other ads there. */
  weight: number;
  /** Clicks and purchases against an ordinary ad. */
  appeal: number;
}

/** A purchase that an ad brought about. Instants are epoch milliseconds. */
export interface Conversion {
  via: "click" | "view" | "engaged_view";
  /** When the ad was clicked or seen. */
  touchedAt: number;
  purchasedAt: number;
  /** When Meta's figures first hold it; at most 28 days after the touch's day began. */
  knownAt: number;
  /** Minor units (currency offset). */
  value: number;
  /** In [0, 1): whether it still happens when a budget is cut, or twice when it is raised. */
  luck: number;
}

/** One ad's whole day, as it is when the day is over and nobody interfered. Money in minor units. */
export interface AdDay {
  ad: PlanAd;
  day: number;
  spend: number;
  impressions: number;
  reach: number;
  clicks: number;
  linkClicks: number;
  outboundClicks: number;
  landingPageViews: number;
  viewContent: number;
  addToCart: number;
  initiateCheckout: number;
  leads: number;
  videoPlays: number;
  conversions: Conversion[];
}

export interface AdPlan {
  options: AdPlanOptions;
  campaigns: PlanCampaign[];
  adSets: PlanAdSet[];
  ads: PlanAd[];
  /** Days of every ad that the plan lets run on that day; none without delivery. Remembered. */
  days(day: number): AdDay[];
  /** An ad's day whether or not the plan lets it run; null on a day without delivery. */
  dayOf(ad: PlanAd, day: number): AdDay | null;
  /** The whole day's budget of a campaign or ad set on a day, minor units; null where none is held. */
  budgetOn(holder: PlanCampaign | PlanAdSet, day: number): number | null;
  /** First and last instant of a day in the account's zone. */
  bounds(day: number): DayBounds;
  /** The day on which an instant falls, in the account's zone. */
  dayAt(instant: number): number;
}

export interface DayBounds {
  start: number;
  end: number;
}
