import { DateTime } from "luxon";
import { type AdClick, adClicks } from "../../../ad-plan/ad-clicks";
import type { Random } from "../random";
import type { GenerateOptions } from "../types";

/** Share of a day's orders by hour of the shop's own clock. */
const HOURS = [
  4, 2, 1, 1, 1, 2, 4, 8, 12, 15, 17, 18, 20, 18, 17, 16, 17, 19, 22, 26, 28, 24, 16, 8,
];
/** Monday first. */
const WEEKDAYS = [1.05, 1, 0.98, 1, 1.08, 0.92, 1.12];
const MONTHS = [0.82, 0.85, 0.92, 0.95, 1, 0.96, 0.9, 0.92, 1, 1.05, 1.35, 1.4];

/** An order to come: when, and the click on an ad that began it. */
export interface Arrival {
  at: number;
  click: AdClick | null;
  /** It stands at an instant of `cornerInstants`, and so will its refund. */
  corner?: boolean;
}

/** At most this part of the orders comes by ads: a shop that sells by nothing else is not credible. */
export const MOST_BY_ADS = 0.6;

/**
 * Every order's arrival, ascending. With ads, their clicks come first and the rest is spread as
 * ever: days of more spend sell more. Without, no chance is drawn that was not drawn before.
 */
export function orderArrivals(random: Random, options: GenerateOptions): Arrival[] {
  const clicks = options.ads ? clicksOf(options, options.ads) : [];
  const others = orderInstants(random, { ...options, orders: options.orders - clicks.length });
  return [
    ...others.map((at) => ({ at, click: null })),
    ...clicks.map((click) => ({ at: click.purchasedAt, click })),
  ].sort((a, b) => a.at - b.at);
}

function clicksOf(options: GenerateOptions, ads: NonNullable<GenerateOptions["ads"]>): AdClick[] {
  const until = Math.floor(options.now.getTime() / 1000) * 1000 - 1000;
  const today = DateTime.fromMillis(until, { zone: options.ianaTimezone }).startOf("day");
  const from = today.minus({ days: options.days - 1 }).toMillis();
  return adClicks(ads, { from, until, most: Math.floor(options.orders * MOST_BY_ADS) });
}

/**
 * When the orders were placed, ascending, all before `now`: growth over the years, months, weekdays,
 * Black Friday week, hours of the shop's clock, and a few within minutes of the shop's midnight.
 */
export function orderInstants(
  random: Random,
  options: { orders: number; days: number; now: Date; ianaTimezone: string },
): number[] {
  const end = options.now.getTime();
  const today = DateTime.fromMillis(end, { zone: options.ianaTimezone }).startOf("day");
  const days = Array.from({ length: options.days }, (_, i) =>
    today.minus({ days: options.days - 1 - i }),
  );
  const cumulative: number[] = [];
  let total = 0;
  days.forEach((day, i) => {
    total += dayWeight(day, i / days.length) * (0.8 + 0.4 * random.next());
    cumulative.push(total);
  });
  const instants: number[] = [];
  for (let n = 0; n < options.orders; n += 1) {
    const day = days[indexAbove(cumulative, random.next() * total)] ?? today;
    let at = clock(random, day);
    // Today is not over: what would lie ahead falls in the part of it that has passed.
    if (at >= end) at = end - Math.ceil(random.next() * Math.max(1, end - day.toMillis()));
    instants.push(at - (at % 1000));
  }
  return instants.sort((a, b) => a - b);
}

function dayWeight(day: DateTime, progress: number): number {
  const season = MONTHS[day.month - 1] ?? 1;
  const weekday = WEEKDAYS[day.weekday - 1] ?? 1;
  const blackFriday = day.month === 11 && day.day >= 23 && day.day <= 30 ? 2.4 : 1;
  return (0.6 + 0.8 * progress) * season * weekday * blackFriday;
}

function clock(random: Random, day: DateTime): number {
  if (random.chance(0.03)) {
    return day.plus({ days: 1 }).toMillis() + random.int(-299, 299) * 1000;
  }
  return day
    .set({ hour: random.weighted(HOURS), minute: random.int(0, 59), second: random.int(0, 59) })
    .toMillis();
}

/** First index whose cumulative weight exceeds `value`. */
function indexAbove(cumulative: number[], value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
