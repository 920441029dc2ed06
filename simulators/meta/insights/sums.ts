import type { SeenConversion, SeenDay } from "../../ad-plan/seen";
import type { AttributionSetting, PlanAd } from "../../ad-plan/types";

const DAY = 86_400_000;

/** Purchases and their value (minor units) under each attribution window; `value` is the ad sets' own. */
export type ByWindow = Map<string, { count: number; value: number }>;

/** Sums over ads and days. Money in minor units; `reach` is an estimate, not a sum. */
export interface Sums {
  spend: number;
  impressions: number;
  clicks: number;
  linkClicks: number;
  outboundClicks: number;
  landingPageViews: number;
  viewContent: number;
  addToCart: number;
  initiateCheckout: number;
  leads: number;
  videoPlays: number;
  reachSum: number;
  reachMost: number;
  pieces: number;
  purchases: ByWindow;
  settings: Set<AttributionSetting>;
}

export function noSums(): Sums {
  return {
    spend: 0,
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    outboundClicks: 0,
    landingPageViews: 0,
    viewContent: 0,
    addToCart: 0,
    initiateCheckout: 0,
    leads: 0,
    videoPlays: 0,
    reachSum: 0,
    reachMost: 0,
    pieces: 0,
    purchases: new Map(),
    settings: new Set(),
  };
}

const COUNTS = [
  "spend",
  "impressions",
  "clicks",
  "linkClicks",
  "outboundClicks",
  "landingPageViews",
  "viewContent",
  "addToCart",
  "initiateCheckout",
  "leads",
  "videoPlays",
] as const;

/** Adds an ad's day with the purchases known by an instant. */
export function addDay(sums: Sums, seen: SeenDay, at: number, purchases: boolean): void {
  for (const name of COUNTS) sums[name] += seen[name];
  sums.reachSum += seen.reach;
  sums.reachMost = Math.max(sums.reachMost, seen.reach);
  sums.pieces += 1;
  sums.settings.add(seen.ad.adSet.attribution);
  if (!purchases) return;
  for (const one of seen.conversions) {
    if (one.knownAt > at) continue;
    for (const window of windowsOf(one, seen.ad)) {
      const entry = sums.purchases.get(window) ?? { count: 0, value: 0 };
      entry.count += one.times;
      entry.value += one.value * one.times;
      sums.purchases.set(window, entry);
    }
  }
}

/** Every window a purchase falls into; `value` when the ad set's own setting counts it. */
export function windowsOf(one: SeenConversion, ad: PlanAd): string[] {
  const windows: string[] = [];
  const delay = one.purchasedAt - one.touchedAt;
  if (one.via === "click") {
    if (delay <= DAY) windows.push("1d_click");
    if (delay <= 7 * DAY) windows.push("7d_click");
    if (delay <= 28 * DAY) windows.push("28d_click");
  } else windows.push(one.via === "view" ? "1d_view" : "1d_ev");
  const { attribution } = ad.adSet;
  const click = attribution.startsWith("7d") ? "7d_click" : "1d_click";
  const own = attribution.endsWith("1d_view") ? [click, "1d_view", "1d_ev"] : [click];
  if (windows.some((window) => own.includes(window))) windows.push("value", "default");
  return windows;
}

/** People reached: at least the most of any piece, at most the sum; less new ones with every piece. */
export function reachOf(sums: Sums): number {
  const estimate = Math.round(sums.reachSum * Math.max(1, sums.pieces) ** -0.15);
  return Math.min(sums.impressions, Math.max(sums.reachMost, estimate));
}
