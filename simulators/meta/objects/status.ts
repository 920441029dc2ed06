import type { PlanAd, PlanAdSet, PlanCampaign } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";

/** What Meta makes of an object's own status and its parents'; null before it was made. */
export function effectiveStatus(
  account: AdAccountWorld,
  entity: PlanCampaign | PlanAdSet | PlanAd,
  at: number,
): string | null {
  const own = account.status(entity, at);
  if (own !== "ACTIVE") return own;
  const adSet = "adSet" in entity ? entity.adSet : "campaign" in entity ? entity : null;
  if (!adSet) return own;
  const campaign = account.status(adSet.campaign, at);
  if (campaign === "DELETED" || campaign === "ARCHIVED") return campaign;
  if (adSet !== entity) {
    const parent = account.status(adSet, at);
    if (parent === "DELETED" || parent === "ARCHIVED") return parent;
    if (parent === "PAUSED") return "ADSET_PAUSED";
  }
  if (campaign === "PAUSED") return "CAMPAIGN_PAUSED";
  return own;
}
