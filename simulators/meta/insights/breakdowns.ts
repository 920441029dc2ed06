import { chanceOf } from "../../ad-plan/chance";
import type { SeenDay } from "../../ad-plan/seen";
import { deal } from "../../shopify/store/money";
import { GraphError } from "../graph/graph-error";

/** What a breakdown tells apart, with the weight each part has on the whole. */
const PARTS: Record<string, [string, number][]> = {
  age: [
    ["18-24", 14],
    ["25-34", 31],
    ["35-44", 25],
    ["45-54", 16],
    ["55-64", 9],
    ["65+", 5],
  ],
  gender: [
    ["female", 56],
    ["male", 41],
    ["unknown", 3],
  ],
  publisher_platform: [
    ["audience_network", 4],
    ["facebook", 51],
    ["instagram", 43],
    ["messenger", 2],
  ],
  device_platform: [
    ["desktop", 9],
    ["mobile_app", 84],
    ["mobile_web", 7],
  ],
  impression_device: [
    ["android_smartphone", 33],
    ["desktop", 9],
    ["ipad", 5],
    ["iphone", 53],
  ],
  region: [
    ["California", 40],
    ["New York", 35],
    ["Texas", 25],
  ],
  country: [],
  hourly_stats_aggregated_by_advertiser_time_zone: Array.from({ length: 24 }, (_, hour) => {
    const two = String(hour).padStart(2, "0");
    return [`${two}:00:00 - ${two}:59:59`, 2 + Math.min(hour, 21)];
  }),
};

/** Kinds of breakdown that may stand together; Meta refuses the rest (2/1504041). */
const TOGETHER = [
  ["age", "gender"],
  ["publisher_platform", "device_platform", "impression_device"],
  ["country", "region"],
];

/** With these, conversions off Meta (pixel purchases) are not returned. */
export const WITHOUT_PURCHASES = ["region", "hourly_stats_aggregated_by_advertiser_time_zone"];

/** Throws 2/1504041 when breakdowns cannot stand together, 100 for one that is known but not held here. */
export function checkBreakdowns(breakdowns: string[]): void {
  for (const name of breakdowns) {
    if (!(name in PARTS)) {
      throw new GraphError(2, 1504041, {
        message: `(#2) STAND_IN_DOES_NOT_HOLD breakdown ${name}`,
      });
    }
  }
  if (breakdowns.length < 2) return;
  const fits = TOGETHER.some((group) => breakdowns.every((name) => group.includes(name)));
  if (!fits) throw new GraphError(2, 1504041);
}

export type Keys = Record<string, string>;

/** An ad's day dealt out over the parts of the breakdowns: every count adds up to the whole, reach does not. */
export function brokenDown(seen: SeenDay, breakdowns: string[]): { keys: Keys; seen: SeenDay }[] {
  if (breakdowns.length === 0) return [{ keys: {}, seen }];
  const parts = partsFor(seen, breakdowns);
  const weights = parts.map((part) => part.weight);
  const share = (total: number) => deal(total, weights);
  const shares = {
    spend: share(seen.spend),
    impressions: share(seen.impressions),
    clicks: share(seen.clicks),
    linkClicks: share(seen.linkClicks),
    outboundClicks: share(seen.outboundClicks),
    landingPageViews: share(seen.landingPageViews),
    viewContent: share(seen.viewContent),
    addToCart: share(seen.addToCart),
    initiateCheckout: share(seen.initiateCheckout),
    leads: share(seen.leads),
    videoPlays: share(seen.videoPlays),
  };
  const whole = weights.reduce((a, b) => a + b, 0);
  let before = 0;
  return parts.map(({ keys, weight }, n) => {
    const [low, high] = [before / whole, (before + weight) / whole];
    before += weight;
    const counts = Object.fromEntries(
      Object.entries(shares).map(([name, list]) => [name, list[n] ?? 0]),
    ) as Record<keyof typeof shares, number>;
    return {
      keys,
      seen: {
        ...counts,
        ad: seen.ad,
        day: seen.day,
        // One person may be reached on two platforms: the parts' reach is more than the whole's.
        reach: Math.min(counts.impressions, Math.ceil((seen.reach * weight * 1.04) / whole)),
        conversions: seen.conversions.filter(({ luck }) => {
          // Another digit of its luck, so that a part's buyers are not the ones a budget cut keeps.
          const place = (luck * 1009) % 1;
          return place >= low && place < high;
        }),
      },
    };
  });
}

function partsFor(seen: SeenDay, breakdowns: string[]): { keys: Keys; weight: number }[] {
  const random = chanceOf(Number(seen.ad.id.slice(5, 11)), 7, seen.ad.index);
  let parts: { keys: Keys; weight: number }[] = [{ keys: {}, weight: 1 }];
  for (const name of breakdowns) {
    const own: [string, number][] =
      name === "country"
        ? seen.ad.adSet.countries.map((code, n) => [code, 10 - n * 3])
        : (PARTS[name] ?? []);
    parts = parts.flatMap(({ keys, weight }) =>
      own.map(([value, part]) => ({
        keys: { ...keys, [name]: value },
        weight: Math.max(1, Math.round(weight * part * (0.7 + random.next() * 0.6))),
      })),
    );
  }
  return parts;
}
