import { dayText } from "../../ad-plan/days";
import { majorUnits } from "../../ad-plan/money";
import type { SeenDay } from "../../ad-plan/seen";
import { windowsOf } from "../insights/sums";
import type { AdAccountWorld } from "./world";

/**
 * One ad's day as it truly is by now, for independent checks: money as exact decimal strings of the
 * account's currency, every purchase that happened with the day and instant on which Meta knows it.
 */
export function truthRow(
  account: AdAccountWorld,
  seen: SeenDay,
  date: string,
  now: number,
): Record<string, unknown> {
  const { ad } = seen;
  return {
    account_id: account.options.id,
    campaign_id: ad.adSet.campaign.id,
    adset_id: ad.adSet.id,
    ad_id: ad.id,
    date,
    currency: account.currency,
    spend: majorUnits(seen.spend, account.currency),
    impressions: seen.impressions,
    clicks: seen.clicks,
    link_clicks: seen.linkClicks,
    outbound_clicks: seen.outboundClicks,
    attribution_setting: ad.adSet.attribution,
    conversions: seen.conversions
      .filter((one) => one.purchasedAt <= now)
      .map((one) => ({
        via: one.via,
        touched_at: new Date(one.touchedAt).toISOString(),
        purchased_at: new Date(one.purchasedAt).toISOString(),
        known_at: new Date(one.knownAt).toISOString(),
        known_on: dayText(account.plan.dayAt(one.knownAt)),
        known: one.knownAt <= now,
        purchases: one.times,
        value: majorUnits(one.value * one.times, account.currency),
        windows: windowsOf(one, ad).filter((window) => window !== "value" && window !== "default"),
        /** Whether the ad set's own attribution setting counts it. */
        counted: windowsOf(one, ad).includes("value"),
      })),
  };
}
