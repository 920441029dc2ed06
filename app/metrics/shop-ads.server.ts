import type { TenantTx } from "~/lib/tenant-db.server";
import type { Day, DayRange } from "~/lib/time";
import { adCoverage } from "./ad-coverage.server";
import {
  type AdSums,
  type AdValues,
  adValues,
  NO_ADS,
  type ShopSide,
  UNKNOWN_SHOP_SIDE,
} from "./ad-values";
import { dailyAds } from "./daily-ads.server";

/** The `marketing` part of an answer: whose ads these are, and how far they are known. */
export interface Marketing {
  connected: boolean;
  history_complete: boolean;
  ad_account_timezones: string[];
  other_currencies: string[];
}

export interface ShopAds {
  marketing: Marketing;
  /** Values of a day beside the shop's side of that day. */
  ofDay(day: Day, shop: ShopSide): AdValues;
  /** Values of the whole range beside the shop's side of it. */
  ofRange(shop: ShopSide): AdValues;
}

/**
 * The ads of a shop over a range. A day that is stored and has no row is 0; a day that is not stored
 * has no value. The range's sums are over its stored days, and have no value while the history is
 * still to reach its beginning; what sets them against sales has none either where the range begins
 * before Meta's memory. Days that are yet to be read (today in an earlier zone) do not hinder.
 */
export async function shopAds(
  tx: TenantTx,
  { shopId, currency, from, to }: { shopId: string; currency: string } & DayRange,
): Promise<ShopAds> {
  const coverage = await adCoverage(tx, shopId, currency);
  const { known } = coverage;
  const asked = known && {
    from: from > known.from ? from : known.from,
    to: to < known.to ? to : known.to,
  };
  const stored = asked && asked.from <= asked.to ? asked : null;
  const rows = stored
    ? await dailyAds(tx, shopId, { ids: coverage.accountIds, currency }, stored)
    : [];
  const byDay = new Map<string | null, AdSums>(rows.map((row) => [row.day, row]));
  const fromTheStart = stored !== null && stored.from === from;
  const isStored = (day: Day) => stored !== null && day >= stored.from && day <= stored.to;
  return {
    marketing: {
      connected: coverage.connected,
      history_complete: coverage.historyComplete,
      ad_account_timezones: coverage.timezones,
      other_currencies: coverage.otherCurrencies,
    },
    ofDay: (day, shop) =>
      adValues(isStored(day) ? (byDay.get(day) ?? NO_ADS) : null, shop, currency),
    ofRange(shop) {
      if (!stored || !(fromTheStart || coverage.historyComplete)) {
        return adValues(null, UNKNOWN_SHOP_SIDE, currency);
      }
      const side = fromTheStart ? shop : UNKNOWN_SHOP_SIDE;
      return adValues(byDay.get(null) ?? NO_ADS, side, currency);
    },
  };
}
