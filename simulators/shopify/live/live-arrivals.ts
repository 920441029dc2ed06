import { adClicks } from "../../ad-plan/ad-clicks";
import type { AdPlanOptions } from "../../ad-plan/types";
import { MOST_BY_ADS } from "../store/generate/calendar";
import type { LiveClick } from "./events";

const DAY = 86_400_000;
const MINUTES_A_DAY = 1_440;

/** An order to come, and the click on an ad that began it. */
interface LiveArrival {
  at: number;
  click: LiveClick | null;
}

/**
 * When orders come to a shop that is live: of each UTC day's orders as many by ads as the plan's
 * clicks bring (three fifths at most), the rest evenly over the day. The same span at the same rate
 * gives the same arrivals, so that it can be cut anywhere.
 */
export class LiveArrivals {
  private clicks: { day: number; orders: number; found: LiveArrival[] } | null = null;

  /** Clicks up to `since` (epoch milliseconds) are left out: the store was made with their orders. */
  constructor(private readonly ads: { plan: AdPlanOptions; since: number } | null) {}

  /** The arrivals after `from`, `until` included, ascending; instants in epoch milliseconds. */
  between(from: number, until: number, ordersPerMinute: number): LiveArrival[] {
    const arrivals: LiveArrival[] = [];
    for (let day = Math.floor(from / DAY); day * DAY <= until; day += 1) {
      const orders =
        Math.round(ordersPerMinute * MINUTES_A_DAY * (day + 1)) -
        Math.round(ordersPerMinute * MINUTES_A_DAY * day);
      const byAds = this.byAds(day, orders);
      arrivals.push(...byAds.filter(({ at }) => at > from && at <= until));
      const step = DAY / (orders - byAds.length);
      const begin = Math.max(0, Math.floor((from - day * DAY) / step - 0.5));
      for (let n = begin; n < orders - byAds.length; n += 1) {
        const at = day * DAY + step * (n + 0.5);
        if (at > until) break;
        if (at > from) arrivals.push({ at, click: null });
      }
    }
    return arrivals.sort((a, b) => a.at - b.at);
  }

  private byAds(day: number, orders: number): LiveArrival[] {
    if (!this.ads) return [];
    if (this.clicks?.day === day && this.clicks.orders === orders) return this.clicks.found;
    const { plan, since } = this.ads;
    const from = Math.max(day * DAY, since + 1);
    const span = { from, until: (day + 1) * DAY - 1, most: Math.floor(orders * MOST_BY_ADS) };
    const found = adClicks(plan, span).map(({ ad, clickedAt, purchasedAt }) => ({
      at: purchasedAt,
      click: { adId: ad.id, clickedAt },
    }));
    this.clicks = { day, orders, found };
    return found;
  }
}
