import { randomInt } from "node:crypto";
import { z } from "zod";
import { type KnownShop, knownShop, type SimulatorContext } from "../context";
import { adsOf } from "../stores";
import { ImpossibleError } from "./change-order";
import { happen } from "./happen";
import { LiveArrivals } from "./live-arrivals";

const TICK_MS = 250;
/** About so many orders of a shop come in one tick; a clock that was moved is caught up with in slices. */
const SLICE = 100;
const DAY = 86_400_000;
/** What a clock that is moved further leaves behind is not made up for. */
const MOST_BEHIND = 31 * DAY;

export const orderRate = z.number().nonnegative().max(6_000);

/** Lets so many orders a minute come from now on; a shop that is live already only changes its pace. */
export function goLive(context: SimulatorContext, shop: KnownShop, ordersPerMinute: number): void {
  if (!shop.data.store.records) throw new ImpossibleError("hand-made nodes cannot change");
  const { live } = shop.state;
  const reached = live?.orders_per_minute ? live.reached : undefined;
  shop.state.live = {
    orders_per_minute: orderRate.parse(ordersPerMinute),
    reached: reached ?? context.now().getTime(),
  };
  context.state.changed();
}

/** Keeps orders coming in shops that are live, by the stand-in's own clock, a restart included. */
export class LiveShops {
  private readonly arrivals = new Map<string, LiveArrivals>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly context: () => SimulatorContext) {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const context = this.context();
    const now = context.now().getTime();
    for (const domain of context.shops.keys()) {
      const shop = knownShop(context, domain);
      if (shop) this.catchUp(context, shop, now);
    }
  }

  /** Places the next slice of what should have come since the last one, each order at its own instant. */
  private catchUp(context: SimulatorContext, shop: KnownShop, now: number): void {
    const { live, domain } = shop.state;
    if (!live || live.orders_per_minute === 0) return;
    const earliest = now - MOST_BEHIND;
    const from = Math.max(live.reached ?? now, earliest);
    if ((live.reached ?? now) < earliest) {
      context.report(
        `${domain}: orders before ${new Date(from).toISOString()} are not made up for`,
      );
    }
    const slice = Math.min(DAY, (SLICE * 60_000) / live.orders_per_minute);
    const until = Math.min(now, Math.floor(from + slice));
    // A clock that was put back: these orders have come.
    if (until < from) return;
    const due = this.arrivalsOf(shop).between(from, until, live.orders_per_minute);
    for (const { at, click } of due) {
      const seed = randomInt(2 ** 31);
      happen(context, shop, { kind: "place", seed, ...(click && { click }) }, new Date(at));
      perhapsChangeOne(context, shop, new Date(at));
    }
    live.reached = until;
    if (due.length > 0) context.state.changed();
  }

  private arrivalsOf(shop: KnownShop): LiveArrivals {
    const { domain, source } = shop.state;
    const known = this.arrivals.get(domain);
    if (known) return known;
    const plan = adsOf(source);
    const since = source?.kind === "generated" ? Date.parse(source.options.now) : 0;
    const made = new LiveArrivals(plan && { plan, since });
    this.arrivals.set(domain, made);
    return made;
  }
}

/** Now and then something also happens to one of the newest orders. */
function perhapsChangeOne(context: SimulatorContext, shop: KnownShop, at: Date): void {
  const roll = randomInt(100);
  const action =
    roll < 40 ? "fulfill" : roll < 44 ? "refund" : roll < 46 ? "edit" : roll < 48 ? "cancel" : null;
  const { heads } = shop.data.store;
  const head = heads[heads.length - 1 - randomInt(Math.min(50, heads.length))];
  if (!action || !head || head.createdAt > at.getTime()) return;
  try {
    happen(context, shop, { kind: "order", action, orderId: head.id, input: {} }, at);
  } catch (error) {
    // What cannot happen to the order that chance chose does not happen.
    if (!(error instanceof ImpossibleError)) throw error;
  }
}
