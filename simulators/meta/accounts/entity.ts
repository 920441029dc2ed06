import type { PlanAd, PlanAdSet, PlanCampaign, PlanCreative } from "../../ad-plan/types";

/** An object of an ad account. A creative of the plan lives with its ad, a created one alone. */
export type Entity =
  | { kind: "campaign"; plan: PlanCampaign }
  | { kind: "adset"; plan: PlanAdSet }
  | { kind: "ad"; plan: PlanAd }
  | { kind: "creative"; plan: PlanCreative; ad: PlanAd | null };
