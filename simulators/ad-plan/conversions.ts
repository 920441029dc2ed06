import type { Random } from "../shopify/store/random";
import { bell } from "./chance";
import { currencyOffset, dollars } from "./money";
import type { AdPlanOptions, Conversion, DayBounds } from "./types";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long after a click it is bought: mostly at once, one in twelve after a week, none after 28 days. */
const DELAYS: { weight: number; from: number; to: number }[] = [
  { weight: 52, from: 2 * MINUTE, to: 3 * HOUR },
  { weight: 20, from: 3 * HOUR, to: DAY },
  { weight: 20, from: DAY, to: 7 * DAY },
  { weight: 8, from: 7 * DAY, to: 26 * DAY },
];

/** The purchases that a day of an ad brings about, each with its own delay and value. */
export function makeConversions(
  options: AdPlanOptions,
  random: Random,
  count: number,
  bounds: DayBounds,
  video: boolean,
): Conversion[] {
  const mean = options.orderValue
    ? options.orderValue * currencyOffset(options.currency)
    : dollars(90, options.currency);
  return Array.from({ length: count }, () => {
    const kind = random.weighted([74, 20, video ? 6 : 0]);
    const via = kind === 0 ? "click" : kind === 1 ? "view" : "engaged_view";
    const touchedAt = bounds.start + random.next() * (bounds.end - bounds.start - 1);
    const purchasedAt = touchedAt + (via === "click" ? clickDelay(random) : within(random, 0, DAY));
    // Most are known within the hour; browsers without cookies are modelled days later.
    const lag = random.chance(0.86) ? within(random, 2, HOUR) : within(random, HOUR, 3 * DAY);
    return {
      via,
      touchedAt: second(touchedAt),
      purchasedAt: second(purchasedAt),
      knownAt: second(Math.min(purchasedAt + lag, bounds.start + 28 * DAY)),
      value: Math.max(1, Math.round(mean * Math.exp(bell(random) * 0.5 - 0.125))),
      luck: random.next(),
    };
  });
}

function clickDelay(random: Random): number {
  const chosen = DELAYS[random.weighted(DELAYS.map((delay) => delay.weight))];
  return chosen ? within(random, chosen.from, chosen.to) : 0;
}

function within(random: Random, from: number, to: number): number {
  return from + random.next() * (to - from);
}

function second(at: number): number {
  return at - (at % 1000);
}
