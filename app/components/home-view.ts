import type { RangeName } from "~/metrics/day-range";
import type { MetricId } from "~/metrics/definitions";
import type { ShopMetrics } from "~/metrics/schema";
import type { Writing } from "./format";
import type { HomeStatus } from "./home-status";
import { type MarketingView, marketingView } from "./marketing-view";
import { type MetaReading, metaView } from "./meta-view";
import { type SalesPoint, salesPoints } from "./sales-points";
import { type SyncState, syncView } from "./sync-view";

/** The figures on Home, in their order. */
export const HOME_METRICS = ["net_sales", "orders", "aov", "returns"] as const satisfies MetricId[];

export type HomeTotals = Record<(typeof HOME_METRICS)[number], string | number | null>;

interface Days {
  from: string;
  to: string;
}

/** Everything that Home shows, as the server read it. */
export interface HomeView {
  shopName: string;
  /** The shop's IANA zone: its days are meant everywhere. */
  timezone: string;
  writing: Writing;
  /** ISO instant of the reading. */
  now: string;
  /** The shop's day. */
  today: string;
  range: Days & { range: RangeName };
  /** Why the range asked for could not be shown; null when it is shown. */
  rangeProblem: string | null;
  before: Days;
  totals: HomeTotals;
  /** null while the period before cannot be trusted: not all of its orders are here. */
  totalsBefore: HomeTotals | null;
  points: SalesPoint[];
  historyComplete: boolean;
  /** The first day whose figures are complete while the history is not; null when no day is. */
  completeFrom: string | null;
  /** null while no ad account is chosen. */
  marketing: MarketingView | null;
  /** How the synchronisation stood at the reading; the page goes on watching it. */
  status: HomeStatus;
}

interface Reading {
  shopName: string;
  locale: string;
  now: Date;
  today: string;
  asked: Days & { range: RangeName; problem: string | null };
  sales: ShopMetrics;
  salesBefore: ShopMetrics;
  sync: SyncState;
  /** null: Meta is not offered. */
  meta: MetaReading | null;
}

/** Puts together what was read; only what Home shows goes to the browser. */
export function homeView(reading: Reading): HomeView {
  const { asked, sales, salesBefore, locale, now } = reading;
  const comparable = salesBefore.totals.net_sales !== null;
  return {
    shopName: reading.shopName,
    timezone: sales.timezone,
    writing: { locale, currency: sales.currency },
    now: now.toISOString(),
    today: reading.today,
    range: { range: asked.range, from: sales.from, to: sales.to },
    rangeProblem: asked.problem,
    before: { from: salesBefore.from, to: salesBefore.to },
    totals: homeTotals(sales),
    totalsBefore: comparable ? homeTotals(salesBefore) : null,
    points: salesPoints(sales.daily, comparable ? salesBefore.daily : undefined),
    historyComplete: sales.history_complete,
    completeFrom: sales.complete_from,
    marketing: marketingView(sales, comparableAds(sales) ? salesBefore : null),
    status: homeStatus(reading, { now, currency: sales.currency }),
  };
}

/** What is asked for again and again while the page stands. */
export function homeStatus(
  { sync, meta }: Pick<Reading, "sync" | "meta">,
  at: { now: Date; currency: string },
): HomeStatus {
  return { sync: syncView(sync, at.now), meta: metaView(meta, at) };
}

/** Both sides of every quotient are whole, in both periods. */
function comparableAds({ history_complete, marketing }: ShopMetrics): boolean {
  return history_complete && marketing.history_complete;
}

function homeTotals({ totals: { net_sales, orders, aov, returns } }: ShopMetrics): HomeTotals {
  return { net_sales, orders, aov, returns };
}

/** Neither orders nor returns in the range: there is nothing to draw. */
export function isEmpty({ totals, points }: Pick<HomeView, "totals" | "points">): boolean {
  return !totals.orders && points.every(({ value }) => !value || /^-?0(\.0+)?$/.test(value));
}
