import type { AttributionSetting, PlanCampaign, PlanStatus } from "./types";

/** Where on the plan's length something starts and ends, 0 to 1; null: it runs on. */
interface Life {
  start: number;
  end: number | null;
  endStatus: Exclude<PlanStatus, "ACTIVE">;
}

export interface CampaignTemplate extends Life {
  name: string;
  objective: string;
  buyingType: PlanCampaign["buyingType"];
  /** Campaign budget (CBO), or one at each ad set (ABO). */
  budgetAt: "campaign" | "adset";
  /** Part of the account's ordinary day. */
  share: number;
  power: number;
  adSets: AdSetTemplate[];
}

export interface AdSetTemplate extends Life {
  name: string;
  goal: string;
  attribution: AttributionSetting;
  countries: string[];
  ads: number;
}

const runsOn = { start: 0, end: null, endStatus: "PAUSED" } as const;

function adSet(
  name: string,
  goal: string,
  attribution: AttributionSetting,
  more: Partial<AdSetTemplate> = {},
): AdSetTemplate {
  return { name, goal, attribution, countries: ["US"], ads: 3, ...runsOn, ...more };
}

/** Every kind of campaign that an account of some years has; Black Fridays are added by year. */
export const TEMPLATES: CampaignTemplate[] = [
  {
    name: "Prospecting Broad",
    objective: "OUTCOME_SALES",
    buyingType: "AUCTION",
    budgetAt: "campaign",
    share: 0.34,
    power: 1,
    ...runsOn,
    adSets: [
      adSet("Broad 18-65", "OFFSITE_CONVERSIONS", "7d_click_1d_view", { ads: 4 }),
      adSet("Broad interest stack", "OFFSITE_CONVERSIONS", "7d_click_1d_view", {
        end: 0.6,
        endStatus: "PAUSED",
      }),
      adSet("Broad abroad", "OFFSITE_CONVERSIONS", "7d_click_1d_view", {
        countries: ["CA", "GB"],
        start: 0.3,
      }),
    ],
  },
  {
    name: "Prospecting Lookalike",
    objective: "OUTCOME_SALES",
    buyingType: "AUCTION",
    budgetAt: "adset",
    share: 0.16,
    power: 1.1,
    ...runsOn,
    end: 0.85,
    adSets: [
      adSet("Lookalike 1%", "OFFSITE_CONVERSIONS", "7d_click_1d_view"),
      adSet("Lookalike 5%", "VALUE", "7d_click", { end: 0.5, endStatus: "ARCHIVED" }),
    ],
  },
  {
    name: "Retargeting 30d",
    objective: "OUTCOME_SALES",
    buyingType: "AUCTION",
    budgetAt: "adset",
    share: 0.12,
    power: 2.1,
    ...runsOn,
    adSets: [
      adSet("Visitors 30d", "OFFSITE_CONVERSIONS", "7d_click"),
      adSet("Carts 7d", "OFFSITE_CONVERSIONS", "1d_click", { ads: 2 }),
    ],
  },
  {
    name: "Advantage Catalogue",
    objective: "OUTCOME_SALES",
    buyingType: "AUCTION",
    budgetAt: "campaign",
    share: 0.2,
    power: 1.3,
    ...runsOn,
    start: 0.2,
    adSets: [adSet("All products", "VALUE", "1d_click_1d_view", { ads: 2, start: 0.2 })],
  },
  {
    name: "Traffic Journal",
    objective: "OUTCOME_TRAFFIC",
    buyingType: "AUCTION",
    budgetAt: "adset",
    share: 0.06,
    power: 0.25,
    start: 0.05,
    end: 0.7,
    endStatus: "ARCHIVED",
    adSets: [adSet("Readers", "LANDING_PAGE_VIEWS", "1d_click", { ads: 2, start: 0.05 })],
  },
  {
    name: "Awareness Film",
    objective: "OUTCOME_AWARENESS",
    buyingType: "RESERVED",
    budgetAt: "campaign",
    share: 0.08,
    power: 0.08,
    ...runsOn,
    start: 0.4,
    adSets: [adSet("Film", "THRUPLAY", "7d_click_1d_view", { ads: 2, start: 0.4 })],
  },
  {
    name: "Creative Tests",
    objective: "OUTCOME_SALES",
    buyingType: "AUCTION",
    budgetAt: "campaign",
    share: 0.05,
    power: 0.7,
    start: 0.1,
    end: 0.55,
    endStatus: "DELETED",
    adSets: [
      adSet("Hooks", "OFFSITE_CONVERSIONS", "7d_click_1d_view", { start: 0.1, ads: 4 }),
      adSet("Formats", "OFFSITE_CONVERSIONS", "1d_click", {
        start: 0.15,
        end: 0.4,
        endStatus: "DELETED",
      }),
    ],
  },
  {
    name: "Newsletter Leads",
    objective: "OUTCOME_LEADS",
    buyingType: "AUCTION",
    budgetAt: "adset",
    share: 0.05,
    power: 0.2,
    ...runsOn,
    start: 0.35,
    adSets: [adSet("Readers sign up", "LEAD_GENERATION", "7d_click", { ads: 2, start: 0.35 })],
  },
];
